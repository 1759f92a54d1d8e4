package io.lva.rtp.payload.pcm;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.PcmParameters;
import io.lva.media.codec.PcmParameters.Encoding;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.Packetizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtp.payload.WholeFrames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * G.711 µ-law and A-law, and linear audio of 16 bits (RFC 3551 sections 4.5.11 and 4.5.14).
 *
 * <p>Immutable.
 */
public final class PcmPayloadFormat implements PayloadFormat {
  private static final Map<String, Encoding> ENCODINGS =
      Map.of("PCMU", Encoding.MU_LAW, "PCMA", Encoding.A_LAW, "L16", Encoding.LINEAR_16);

  /** Creates the format; called by the service loader. */
  public PcmPayloadFormat() {}

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public Set<String> encodings() {
    return ENCODINGS.keySet();
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    PcmParameters parameters =
        new PcmParameters(encoding(format), format.clockRate(), format.channels());
    int frameBytes = parameters.encoding().bytes() * parameters.channels();
    return new WholeFrames(parameters, frameBytes, slabs, limits, output);
  }

  private static Encoding encoding(TrackFormat format) {
    Encoding encoding = ENCODINGS.get(format.encoding().toUpperCase(Locale.ROOT));
    if (encoding == null) {
      throw new IllegalArgumentException(format.encoding());
    }
    return encoding;
  }

  @Override
  public Optional<SendFormat> sender(CodecParameters parameters) {
    if (!(parameters instanceof PcmParameters pcm)) {
      return Optional.empty();
    }
    int frameBytes = pcm.encoding().bytes() * pcm.channels();
    return ENCODINGS.entrySet().stream()
        .filter(entry -> entry.getValue() == pcm.encoding())
        .findFirst()
        .map(
            entry ->
                new SendFormat(
                    entry.getKey(),
                    pcm.sampleRate(),
                    pcm.channels(),
                    Map.of(),
                    bytes -> packetizer(bytes, frameBytes)));
  }

  /** Returns a packetizer that splits between frames only. */
  private static Packetizer packetizer(int maximumBytes, int frameBytes) {
    if (maximumBytes < frameBytes) {
      throw new IllegalArgumentException("payloads of " + maximumBytes + " bytes");
    }
    int wholeFrames = maximumBytes / frameBytes * frameBytes;
    return (units, output) -> split(units, wholeFrames, output);
  }

  private static void split(List<ByteBuffer> units, int maximumBytes, Packetizer.Output output) {
    for (ByteBuffer unit : units) {
      for (int at = unit.position(); at < unit.limit(); at += maximumBytes) {
        output.payload(unit.slice(at, Math.min(maximumBytes, unit.limit() - at)), false);
      }
    }
  }
}
