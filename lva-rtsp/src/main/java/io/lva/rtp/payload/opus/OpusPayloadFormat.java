package io.lva.rtp.payload.opus;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.OpusParameters;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtp.payload.WholeFrames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The RTP payload format of Opus (RFC 7587): a payload is one Opus packet, and the clock rate is 48
 * kHz.
 *
 * <p>Immutable.
 */
public final class OpusPayloadFormat implements PayloadFormat {
  /** Creates the format, for use by the service loader. */
  public OpusPayloadFormat() {}

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public Set<String> encodings() {
    return Set.of("OPUS");
  }

  @Override
  public boolean isReceivable(TrackFormat format) {
    return format.clockRate() == OpusParameters.SAMPLE_RATE && format.channels() <= 2;
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    boolean stereo = format.formatParameters().getOrDefault("sprop-stereo", "0").equals("1");
    return new WholeFrames(new OpusParameters(stereo ? 2 : 1, 0), 1, slabs, limits, output);
  }

  @Override
  public Optional<SendFormat> sender(CodecParameters parameters) {
    if (!(parameters instanceof OpusParameters opus)) {
      return Optional.empty();
    }
    Map<String, String> described = Map.of("sprop-stereo", opus.channels() == 2 ? "1" : "0");
    return Optional.of(
        new SendFormat(
            "opus",
            OpusParameters.SAMPLE_RATE,
            2,
            described,
            bytes -> (units, output) -> units.forEach(unit -> output.payload(unit.slice(), true))));
  }
}
