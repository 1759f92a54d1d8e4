package io.lva.rtp.payload.aac;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.media.codec.AacParameters;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormat;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.SendFormat;
import io.lva.rtp.payload.TrackFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * AAC as MPEG-4 generic (RFC 3640) and as LATM with its configuration in the session description
 * (RFC 6416).
 *
 * <p>Immutable.
 */
public final class AacPayloadFormat implements PayloadFormat {
  private static final String LATM = "MP4A-LATM";

  /** Creates the format, for use by the service loader. */
  public AacPayloadFormat() {}

  @Override
  public MediaType mediaType() {
    return MediaType.AUDIO;
  }

  @Override
  public Set<String> encodings() {
    return Set.of("MPEG4-GENERIC", LATM);
  }

  @Override
  public boolean isReceivable(TrackFormat format) {
    try {
      return isLatm(format)
          ? format.formatParameters().getOrDefault("cpresent", "1").equals("0")
              && latm(format).parameters().channels() > 0
          : generic(format).channels() > 0
              && number(format, "sizelength", 0) <= 16
              && number(format, "indexlength", 0) <= 16
              && number(format, "indexdeltalength", 0) <= 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public Depacketizer depacketizer(
      TrackFormat format, SlabPool slabs, PayloadLimits limits, Depacketizer.Output output) {
    return isLatm(format)
        ? new LatmDepacketizer(format, latm(format), slabs, limits, output)
        : new GenericDepacketizer(format, generic(format), slabs, limits, output);
  }

  @Override
  public Optional<SendFormat> sender(CodecParameters parameters) {
    if (!(parameters instanceof AacParameters aac)) {
      return Optional.empty();
    }
    Map<String, String> described = new LinkedHashMap<>();
    described.put("streamtype", "5");
    described.put("profile-level-id", "1");
    described.put("mode", "AAC-hbr");
    described.put("sizelength", "13");
    described.put("indexlength", "3");
    described.put("indexdeltalength", "3");
    described.put("config", aac.configuration().toString());
    return Optional.of(
        new SendFormat(
            "mpeg4-generic", aac.sampleRate(), aac.channels(), described, AacPacketizer::new));
  }

  /** Reads a number from the format parameters; any other text counts as the default. */
  static int number(TrackFormat format, String name, int otherwise) {
    String text = format.formatParameters().get(name);
    return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  private static boolean isLatm(TrackFormat format) {
    return format.encoding().equalsIgnoreCase(LATM);
  }

  private static AacParameters generic(TrackFormat format) {
    return AacParameters.of(configuration(format));
  }

  private static LatmConfiguration latm(TrackFormat format) {
    return LatmConfiguration.parse(configuration(format));
  }

  private static Bytes configuration(TrackFormat format) {
    return Bytes.ofHex(format.formatParameters().getOrDefault("config", ""));
  }
}
