package io.lva.asset.upload;

import io.lva.spi.Clock;

/**
 * How a spool is published.
 *
 * <p>Immutable.
 *
 * @param owner identifies the spool across restarts
 * @param maximumBytes limit of all complete segments in the spool: the oldest beyond it are
 *     deleted, copies of published ones first
 * @param rate the bandwidth that all uploads of the runtime share
 * @param copies takes what is published
 * @param clock of the process
 */
public record UploadPolicy(
    String owner, long maximumBytes, UploadRate rate, LocalCopies copies, Clock clock) {
  /**
   * Creates an upload policy.
   *
   * @param owner identifies the spool
   * @param maximumBytes limit of all complete segments
   * @param rate of all uploads
   * @param copies takes what is published
   * @param clock of the process
   */
  public UploadPolicy {}
}
