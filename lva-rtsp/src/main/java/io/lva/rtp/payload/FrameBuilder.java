package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.SampleBuilder;
import io.lva.media.SlabPool;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Puts audio frames together and hands them on; each one is a sync sample.
 *
 * <p>Confined to its media loop.
 */
public final class FrameBuilder {
  private final SampleBuilder builder;
  private final int maximumBytes;
  private final Depacketizer.Output output;

  /**
   * Creates an instance without a frame.
   *
   * @param slabs memory of samples
   * @param limits bound of a frame
   * @param output takes frames
   */
  public FrameBuilder(SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    this.builder = new SampleBuilder(slabs);
    this.maximumBytes = limits.accessUnitBytes();
    this.output = output;
  }

  /**
   * Returns the bytes of the frame under construction.
   *
   * @return zero or more
   */
  public int size() {
    return builder.size();
  }

  /**
   * Appends bytes.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param length number of bytes
   * @return false when the frame is too large or memory is short: it was dropped
   */
  public boolean append(ByteBuffer buffer, int from, int length) {
    boolean fits = length <= maximumBytes - builder.size();
    if (fits && builder.append(buffer, from, length)) {
      return true;
    }
    drop();
    output.missing(fits ? GapCause.BACKPRESSURE : GapCause.PACKET_LOSS);
    return false;
  }

  /**
   * Hands the frame on.
   *
   * @param timestamp of RTP
   * @param nanoTime when it arrived, monotonic time
   * @param utcNanos when it arrived, UTC of the host
   * @param parameters in force
   */
  public void complete(
      int timestamp, long nanoTime, long utcNanos, Optional<CodecParameters> parameters) {
    output.accessUnit(
        new AccessUnit(
            timestamp,
            nanoTime,
            utcNanos,
            AccessUnit.RandomAccess.IDR,
            parameters,
            builder.build()));
  }

  /** Drops the frame under construction, if there is one. */
  public void drop() {
    if (builder.size() > 0) {
      output.dropped();
    }
    builder.reset();
  }

  /** Gives all memory back. */
  public void close() {
    builder.close();
  }
}
