package io.lva.runtime;

import io.lva.media.Track;
import java.util.List;

/** The names that an output selector may give to a track: those of RTP, and the common one. */
final class MimeTypes {
  private MimeTypes() {}

  /** Returns type and subtype (RFC 6184, RFC 3640, RFC 6416), such as {@code video/H264}. */
  static List<String> of(Track track) {
    String codec = track.parameters().codec();
    int dot = codec.indexOf('.');
    String type = track.mediaType().text() + "/";
    return switch (dot < 0 ? codec : codec.substring(0, dot)) {
      case "avc1", "avc3" -> List.of(type + "H264");
      case "mp4a" -> List.of(type + "mpeg4-generic", type + "MP4A-LATM", type + "aac");
      default -> List.of(type + codec);
    };
  }
}
