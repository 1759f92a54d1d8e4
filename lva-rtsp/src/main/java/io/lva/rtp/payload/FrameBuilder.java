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
   * @param slabs pool that the memory of samples is taken from
   * @param limits the limit in bytes applies to a frame
   * @param output takes frames
   */
  public FrameBuilder(SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    this.builder = new SampleBuilder(slabs);
    this.maximumBytes = limits.accessUnitBytes();
    this.output = output;
  }

  /**
   * Returns the size of the frame under construction.
   *
   * @return number of bytes, zero or more
   */
  public int size() {
    return builder.size();
  }

  /**
   * Appends bytes to the frame under construction.
   *
   * @param buffer read by index
   * @param from index of the first byte
   * @param length number of bytes
   * @return false when the frame is too large or memory is short; the frame is then dropped and
   *     reported as missing
   * @throws IndexOutOfBoundsException when the range is not within the buffer
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
   * Hands the frame under construction to the output and begins the next one.
   *
   * @param timestamp the 32 bits of its RTP timestamp
   * @param nanoTime when it arrived, in nanoseconds of monotonic time
   * @param utcNanos when it arrived, in nanoseconds since the Unix epoch on the clock of the host
   * @param parameters codec parameters in force; empty while they are not known
   * @throws IllegalStateException when nothing was appended and memory is short
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
