package io.lva.rtp.payload.h265;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.H265Parameters;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The RTP payload format of H.265 (RFC 7798).
 *
 * <p>Immutable.
 */
public final class H265PayloadFormat implements PayloadFormat {
  private static final int CLOCK_RATE = 90_000;

  /** Creates the format, for use by the service loader. */
  public H265PayloadFormat() {}

  @Override
  public MediaType mediaType() {
    return MediaType.VIDEO;
  }

  @Override
  public Set<String> encodings() {
    return Set.of("H265", "HEVC");
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    return new H265Depacketizer(format, slabs, limits, output);
  }

  @Override
  public Optional<SendFormat> sender(CodecParameters parameters) {
    if (!(parameters instanceof H265Parameters h265)) {
      return Optional.empty();
    }
    Map<String, String> described = new LinkedHashMap<>();
    described.put("sprop-vps", base64(h265.videoParameterSets()));
    described.put("sprop-sps", base64(h265.sequenceParameterSets()));
    described.put("sprop-pps", base64(h265.pictureParameterSets()));
    return Optional.of(new SendFormat("H265", CLOCK_RATE, 1, described, H265Packetizer::new));
  }

  private static String base64(List<Bytes> sets) {
    return sets.stream()
        .map(Bytes::toByteArray)
        .map(Base64.getEncoder()::encodeToString)
        .collect(Collectors.joining(","));
  }
}
