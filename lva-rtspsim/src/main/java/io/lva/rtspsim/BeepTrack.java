package io.lva.rtspsim;

import io.lva.media.CodecParameters;
import io.lva.media.codec.PcmParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A beep of {@value #BEEP_MILLIS} ms and {@value #TONE_HERTZ} Hz at the beginning of each second of
 * UTC, and silence in between, as G.711 µ-law. Units are numbered from the Unix epoch.
 *
 * <p>Immutable.
 */
final class BeepTrack implements MediaTrack {
  static final int CLOCK_RATE = 8000;
  static final int UNIT_SAMPLES = 160;
  static final int BEEP_MILLIS = 100;
  static final int TONE_HERTZ = 1000;

  private static final int AMPLITUDE = 16_000;
  private static final int UNITS_PER_SECOND = CLOCK_RATE / UNIT_SAMPLES;
  private static final int BEEP_UNITS = BEEP_MILLIS * UNITS_PER_SECOND / 1000;
  private static final CodecParameters PARAMETERS =
      new PcmParameters(PcmParameters.Encoding.MU_LAW, CLOCK_RATE, 1);

  /** A unit holds whole periods of the tone, so that all units of a beep are the same. */
  private static final PacketizedUnit BEEP = unit(AMPLITUDE);

  private static final PacketizedUnit SILENCE = unit(0);

  @Override
  public CodecParameters parameters() {
    return PARAMETERS;
  }

  @Override
  public int clockRate() {
    return CLOCK_RATE;
  }

  @Override
  public OptionalDouble framesPerSecond() {
    return OptionalDouble.empty();
  }

  @Override
  public long indexFrom(long ticks) {
    return Math.floorDiv(ticks + UNIT_SAMPLES - 1, (long) UNIT_SAMPLES);
  }

  @Override
  public long decodeTicks(long index) {
    return index * UNIT_SAMPLES;
  }

  @Override
  public boolean sync(long index) {
    return true;
  }

  @Override
  public MediaUnit unit(long index) {
    boolean beep = Math.floorMod(index, (long) UNITS_PER_SECOND) < BEEP_UNITS;
    long ticks = decodeTicks(index);
    return new MediaUnit(ticks, ticks, true, beep ? BEEP : SILENCE);
  }

  private static PacketizedUnit unit(int amplitude) {
    byte[] samples = new byte[UNIT_SAMPLES];
    for (int i = 0; i < UNIT_SAMPLES; i++) {
      double phase = 2 * Math.PI * TONE_HERTZ * i / CLOCK_RATE;
      samples[i] = muLaw((int) Math.round(amplitude * Math.sin(phase)));
    }
    return PacketizedUnit.of(List.of(ByteBuffer.wrap(samples)), Packetizers.of(PARAMETERS));
  }

  /** Encodes a sample of 16 bits (ITU-T G.711 table 2a). */
  static byte muLaw(int sample) {
    int magnitude = Math.min(Math.abs(sample) + 132, 32_767);
    int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
    int mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    int sign = sample < 0 ? 0x80 : 0;
    return (byte) ~(sign | (exponent << 4) | mantissa);
  }
}
