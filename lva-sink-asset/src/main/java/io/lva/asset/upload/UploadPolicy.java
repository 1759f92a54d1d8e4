package io.lva.asset.upload;

import io.lva.spi.Clock;

/**
 * How a spool is published.
 *
 * <p>Immutable.
 *
 * @param owner identifies the spool across restarts
 * @param maximumBytes limit of all complete segments that wait; the oldest beyond it are deleted
 * @param rate the bandwidth that all uploads of the runtime share
 * @param clock of the process
 */
public record UploadPolicy(String owner, long maximumBytes, UploadRate rate, Clock clock) {
  /**
   * Creates an upload policy.
   *
   * @param owner identifies the spool
   * @param maximumBytes limit of all complete segments that wait
   * @param rate of all uploads
   * @param clock of the process
   */
  public UploadPolicy {}
}
