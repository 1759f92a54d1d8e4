package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.MediaType;
import io.lva.media.codec.H264Parameters;
import io.lva.sdp.MediaDescription;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SdpAttribute;
import io.lva.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes sources (RFC 4566; RFC 6184 section 8.2.1). */
final class Descriptions {
  private Descriptions() {}

  static String of(MediaSource source) {
    List<SdpAttribute> session =
        List.of(
            new SdpAttribute("tool", "lva camera simulator"),
            new SdpAttribute("range", source.live() ? "npt=now-" : "npt=0-"),
            new SdpAttribute("control", "*"));
    return new SessionDescription(
            "- 1 1 IN IP4 127.0.0.1", source.title(), session, List.of(video(source)))
        .format();
  }

  private static MediaDescription video(MediaSource source) {
    H264Parameters parameters = source.parameters();
    Map<String, String> format = new LinkedHashMap<>();
    format.put("packetization-mode", "1");
    format.put("profile-level-id", parameters.codec().substring("avc1.".length()));
    format.put("sprop-parameter-sets", base64(parameters));
    MediaDescription plain =
        MediaDescription.of(
            MediaType.VIDEO,
            new RtpMap(RtpStream.PAYLOAD_TYPE, "H264", RtpMap.VIDEO_CLOCK_RATE, 1),
            format,
            RequestPath.CONTROL);
    List<SdpAttribute> attributes = new ArrayList<>(plain.attributes());
    source
        .framesPerSecond()
        .ifPresent(rate -> attributes.add(new SdpAttribute("framerate", number(rate))));
    return new MediaDescription(
        plain.type(), plain.port(), plain.protocol(), plain.payloadTypes(), attributes);
  }

  private static String base64(H264Parameters parameters) {
    return Stream.concat(
            parameters.sequenceParameterSets().stream(), parameters.pictureParameterSets().stream())
        .map(Bytes::toByteArray)
        .map(Base64.getEncoder()::encodeToString)
        .collect(Collectors.joining(","));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
