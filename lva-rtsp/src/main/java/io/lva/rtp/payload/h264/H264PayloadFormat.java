package io.lva.rtp.payload.h264;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.H264Parameters;
import io.lva.media.codec.H264Sps;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The RTP payload format of H.264 (RFC 6184).
 *
 * <p>Immutable.
 */
public final class H264PayloadFormat implements PayloadFormat {
  private static final int CLOCK_RATE = 90_000;

  /** Creates the format, for use by the service loader. */
  public H264PayloadFormat() {}

  @Override
  public MediaType mediaType() {
    return MediaType.VIDEO;
  }

  @Override
  public Set<String> encodings() {
    return Set.of("H264");
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    return new H264Depacketizer(format, slabs, limits, output);
  }

  @Override
  public Optional<SendFormat> sender(CodecParameters parameters) {
    if (!(parameters instanceof H264Parameters h264)) {
      return Optional.empty();
    }
    H264Sps sps = h264.sps();
    Map<String, String> described = new LinkedHashMap<>();
    described.put("packetization-mode", "1");
    described.put(
        "profile-level-id",
        String.format("%02x%02x%02x", sps.profileIdc(), sps.constraintFlags(), sps.levelIdc()));
    described.put(
        "sprop-parameter-sets",
        Stream.concat(h264.sequenceParameterSets().stream(), h264.pictureParameterSets().stream())
            .map(Bytes::toByteArray)
            .map(Base64.getEncoder()::encodeToString)
            .collect(Collectors.joining(",")));
    return Optional.of(new SendFormat("H264", CLOCK_RATE, 1, described, H264Packetizer::new));
  }
}
