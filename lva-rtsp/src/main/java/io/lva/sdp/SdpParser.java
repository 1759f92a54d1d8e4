package io.lva.sdp;

import io.lva.rtsp.Deviation;
import io.lva.rtsp.DeviationSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one description. An instance is used once, by one thread. */
final class SdpParser {
  private static final int MAXIMUM_LINES = 2048;

  /** The end of a line: CRLF, LF or CR, or the terminating zero byte that C programs also send. */
  private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n\0]");

  private static final String TYPES = "vosiuepcbtrzkam";

  private final DeviationSink deviations;
  private final List<SdpAttribute> attributes = new ArrayList<>();
  private final List<MediaDescription> media = new ArrayList<>();
  private String origin = "";
  private String name = "";
  private Optional<MediaDescription> current = Optional.empty();
  private List<SdpAttribute> currentAttributes = attributes;
  private int understood;
  private boolean version;

  SdpParser(DeviationSink deviations) {
    this.deviations = deviations;
  }

  SessionDescription parse(String text) {
    String[] lines = LINE_END.split(text, MAXIMUM_LINES + 1);
    if (lines.length > MAXIMUM_LINES) {
      throw new SdpParseException("session description of more than " + MAXIMUM_LINES + " lines");
    }
    for (String line : lines) {
      String trimmed = line.strip();
      if (!trimmed.isEmpty()) {
        acceptLine(trimmed);
      }
    }
    endMedia();
    if (understood == 0) {
      throw new SdpParseException("not a session description");
    }
    if (!version) {
      deviations.note(Deviation.SDP_WITHOUT_VERSION, "{0} lines are understood", understood);
    }
    if (origin.isEmpty()) {
      deviations.note(Deviation.SDP_WITHOUT_ORIGIN, "{0} lines are understood", understood);
    }
    return new SessionDescription(origin, name, attributes, media);
  }

  private void acceptLine(String line) {
    if (line.length() < 2 || line.charAt(1) != '=' || TYPES.indexOf(line.charAt(0)) < 0) {
      deviations.note(Deviation.SDP_LINE_SKIPPED, "line of {0} characters", line.length());
      return;
    }
    understood++;
    String value = line.substring(2).strip();
    switch (line.charAt(0)) {
      case 'v' -> version = true;
      case 'o' -> acceptOrigin(value);
      case 's' -> name = current.isEmpty() ? value : name;
      case 'a' -> currentAttributes.add(SdpAttribute.parse(value));
      case 'm' -> beginMedia(value);
      default -> {
        // times, addresses and bandwidths say nothing about RTP inside an RTSP connection
      }
    }
  }

  private void acceptOrigin(String value) {
    if (value.split("\\s+", -1).length != 6) {
      deviations.note(Deviation.SDP_ORIGIN_INCOMPLETE, "line of {0} characters", value.length());
    }
    origin = value;
  }

  private void beginMedia(String value) {
    endMedia();
    String[] parts = value.split("\\s+", -1);
    List<Integer> payloadTypes = new ArrayList<>();
    for (int i = 3; i < parts.length; i++) {
      int payloadType = SdpNumbers.parse(parts[i], 127);
      if (payloadType >= 0 && !payloadTypes.contains(payloadType)) {
        payloadTypes.add(payloadType);
      }
    }
    if (payloadTypes.isEmpty()) {
      deviations.note(Deviation.SDP_MEDIA_WITHOUT_PAYLOAD_TYPE, "{0} parts", parts.length);
    }
    int port =
        parts.length < 2 ? 0 : Math.max(0, SdpNumbers.parse(parts[1].split("/", -1)[0], 65535));
    current =
        Optional.of(
            new MediaDescription(
                parts[0], port, parts.length < 3 ? "" : parts[2], payloadTypes, List.of()));
    currentAttributes = new ArrayList<>();
  }

  private void endMedia() {
    current.ifPresent(
        begun ->
            media.add(
                new MediaDescription(
                    begun.type(),
                    begun.port(),
                    begun.protocol(),
                    begun.payloadTypes(),
                    currentAttributes)));
    current = Optional.empty();
  }
}
