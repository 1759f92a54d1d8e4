package io.lva.fmp4;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Ties a media time to UTC: {@code prft} (ISO/IEC 14496-12 clause 8.16.5), version 1.
 *
 * <pre>
 * prft  flags 24: the time of capture
 *   reference_track_ID, ntp_timestamp, media_time (64 bits)
 * </pre>
 *
 * <p>NTP seconds have 32 bits and overflow in 2036; the upper half counts from 1968 and the lower
 * half from 2036 on (RFC 4330 section 3).
 *
 * <p>Immutable.
 *
 * @param referenceTrackId the track that the media time belongs to
 * @param utc time of capture, kept to 2^-32 s
 * @param mediaTime the same moment in ticks of the track, zero or more
 */
public record ProducerReferenceTime(int referenceTrackId, Instant utc, long mediaTime) {
  /** The size of the box in bytes. */
  public static final int SIZE_BYTES = 32;

  private static final int VERSION_AND_FLAGS = 0x0100_0018;
  private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
  private static final long ERA_SECONDS = 1L << 32;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Writes the box.
   *
   * @param target big endian, receives {@link #SIZE_BYTES} bytes at its position, which moves
   * @throws java.nio.BufferOverflowException when the target is too small
   */
  public void write(ByteBuffer target) {
    target.putInt(SIZE_BYTES).putInt(BoxType.PRFT).putInt(VERSION_AND_FLAGS);
    target.putInt(referenceTrackId).putLong(ntp()).putLong(mediaTime);
  }

  /**
   * Reads a box of version 0 or 1.
   *
   * @param box from its first byte at the position; the position is not moved
   * @return its content
   * @throws Mp4Exception when it is not a complete {@code prft} box
   */
  public static ProducerReferenceTime parse(ByteBuffer box) throws Mp4Exception {
    BoxCursor cursor = new BoxCursor(box);
    if (!cursor.next() || cursor.type() != BoxType.PRFT) {
      throw new Mp4Exception("no 'prft' box");
    }
    BoxPayload content = cursor.payload();
    boolean wide = content.versionAndFlags() >>> 24 != 0;
    int trackId = content.i32();
    Instant utc = ofNtp(content.i64());
    return new ProducerReferenceTime(trackId, utc, content.unsigned(wide));
  }

  private long ntp() {
    long seconds = utc.getEpochSecond() + SECONDS_FROM_1900_TO_1970;
    long fraction = ((long) utc.getNano() << 32) / NANOS_PER_SECOND;
    return seconds << 32 | fraction;
  }

  private static Instant ofNtp(long ntp) {
    long seconds = ntp >>> 32;
    long era = ntp < 0 ? 0 : ERA_SECONDS;
    // Rounded up, so that nanoseconds survive the conversion to 2^-32 s and back.
    long nanos = ((ntp & 0xffff_ffffL) * NANOS_PER_SECOND + ERA_SECONDS - 1) >>> 32;
    return Instant.ofEpochSecond(seconds + era - SECONDS_FROM_1900_TO_1970, nanos);
  }
}
