package io.lva.rtspsim;

import io.lva.media.CodecParameters;
import io.lva.rtp.payload.SendFormat;
import io.lva.sdp.MediaDescription;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SdpAttribute;
import io.lva.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;

/** Describes sources (RFC 4566), whatever their codecs. */
final class Descriptions {
  private Descriptions() {}

  static String of(MediaSource source) {
    List<SdpAttribute> session =
        List.of(
            new SdpAttribute("tool", "lva camera simulator"),
            new SdpAttribute("range", source.live() ? "npt=now-" : "npt=0-"),
            new SdpAttribute("control", "*"));
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < source.tracks().size(); i++) {
      media.add(media(i, source.tracks().get(i)));
    }
    return new SessionDescription("- 1 1 IN IP4 127.0.0.1", source.title(), session, media)
        .format();
  }

  private static MediaDescription media(int number, MediaTrack track) {
    CodecParameters parameters = track.parameters();
    SendFormat format = Packetizers.format(parameters);
    int payloadType = RtpStream.payloadType(number);
    MediaDescription plain =
        MediaDescription.of(
            parameters.mediaType(),
            new RtpMap(payloadType, format.encoding(), format.clockRate(), format.channels()),
            format.formatParameters(),
            SourceAddress.control(number));
    List<SdpAttribute> attributes = new ArrayList<>(plain.attributes());
    track
        .framesPerSecond()
        .ifPresent(rate -> attributes.add(new SdpAttribute("framerate", number(rate))));
    return new MediaDescription(
        plain.type(), plain.port(), plain.protocol(), plain.payloadTypes(), attributes);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
