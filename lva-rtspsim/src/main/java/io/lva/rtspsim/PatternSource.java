package io.lva.rtspsim;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.sdp.RtpMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * The pattern as a source: its time line is UTC, its units are numbered like the pictures of {@link
 * PatternEncoder}. The latest units are kept, so that each is encoded only once for all clients.
 *
 * <p>Thread-safe.
 */
final class PatternSource implements MediaSource, MediaTrack {
  private static final long FRAME_NANOS = PatternEncoder.FRAME_MILLIS * 1_000_000L;
  private static final int FRAME_TICKS = RtpMap.VIDEO_CLOCK_RATE / PatternEncoder.FRAMES_PER_SECOND;
  private static final int KEPT_UNITS = 4 * PatternEncoder.GROUP_FRAMES;

  private final LongSupplier utcNanos;
  private final int groupFrames;
  private final AtomicReferenceArray<Kept> kept = new AtomicReferenceArray<>(KEPT_UNITS);

  @GuardedBy("this")
  private final List<PatternEncoder> encoders = new ArrayList<>();

  private volatile ScaleChange scale;

  /** Which scale applies before a picture, and which applies from that picture on. */
  private record ScaleChange(int before, long changeFrame, int after) {
    int at(long frame) {
      return frame < changeFrame ? before : after;
    }
  }

  private record Kept(long frame, int scale, MediaUnit unit) {}

  /** Creates a pattern whose clock is {@code utcNanos}. */
  PatternSource(LongSupplier utcNanos, int scale, int groupFrames) {
    this.utcNanos = utcNanos;
    this.groupFrames = groupFrames;
    this.scale = new ScaleChange(scale, 0, scale);
    encoder(scale);
  }

  /** Changes the size of the picture with the first group that begins at this time or later. */
  void changeScale(int newScale, long atUtcNanos) {
    encoder(newScale);
    long frame = Math.floorDiv(atUtcNanos - 1, FRAME_NANOS) + 1;
    long change = groupStart(frame + groupFrames - 1);
    scale = new ScaleChange(scale.at(frame), change, newScale);
  }

  @Override
  public String title() {
    return "pattern";
  }

  @Override
  public List<MediaTrack> tracks() {
    return List.of(this);
  }

  @Override
  public int clockRate() {
    return RtpMap.VIDEO_CLOCK_RATE;
  }

  @Override
  public CodecParameters parameters() {
    long frame = Math.floorDiv(utcNanos.getAsLong(), FRAME_NANOS);
    return encoder(scale.at(groupStart(frame))).parameters();
  }

  @Override
  public OptionalDouble framesPerSecond() {
    return OptionalDouble.of(PatternEncoder.FRAMES_PER_SECOND);
  }

  @Override
  public Start start(long nowUtcNanos, boolean burst) {
    long newest = groupStart(Math.floorDiv(nowUtcNanos, FRAME_NANOS));
    long first = burst ? newest : newest + groupFrames;
    return new Start(first * FRAME_NANOS, 0);
  }

  @Override
  public long indexFrom(long ticks) {
    return Math.floorDiv(ticks + FRAME_TICKS - 1, (long) FRAME_TICKS);
  }

  @Override
  public long decodeTicks(long frame) {
    return frame * FRAME_TICKS;
  }

  @Override
  public boolean sync(long frame) {
    return Math.floorMod(frame, (long) groupFrames) == 0;
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public MediaUnit unit(long frame) {
    int slot = (int) Math.floorMod(frame, (long) KEPT_UNITS);
    int scaleNow = scale.at(groupStart(frame));
    Kept known = kept.get(slot);
    if (known != null && known.frame == frame && known.scale == scaleNow) {
      return known.unit;
    }
    return encode(frame, slot, scaleNow);
  }

  private synchronized MediaUnit encode(long frame, int slot, int scaleNow) {
    Kept known = kept.get(slot);
    if (known != null && known.frame == frame && known.scale == scaleNow) {
      return known.unit;
    }
    PatternEncoder encoder = encoder(scaleNow);
    List<ByteBuffer> nalUnits = new ArrayList<>(3);
    boolean sync = sync(frame);
    if (sync) {
      encoder.parameters().parameterSets().stream().map(Bytes::asByteBuffer).forEach(nalUnits::add);
    }
    nalUnits.add(ByteBuffer.wrap(encoder.slice(frame)));
    long ticks = frame * FRAME_TICKS;
    PacketizedUnit packets = PacketizedUnit.of(nalUnits, Packetizers.of(encoder.parameters()));
    MediaUnit unit = new MediaUnit(ticks, ticks, sync, packets);
    kept.set(slot, new Kept(frame, scaleNow, unit));
    return unit;
  }

  private synchronized PatternEncoder encoder(int wanted) {
    for (PatternEncoder encoder : encoders) {
      if (encoder.parameters().width() == wanted * ClockBarcode.REFERENCE_WIDTH) {
        return encoder;
      }
    }
    PatternEncoder made = new PatternEncoder(wanted, groupFrames);
    encoders.add(made);
    return made;
  }

  private long groupStart(long frame) {
    return frame - Math.floorMod(frame, (long) groupFrames);
  }
}
