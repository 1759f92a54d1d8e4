package io.lva.rtsp;

import java.util.Locale;

/**
 * A way in which a camera, or the network path to it, departs from the standards, and which is
 * worked around.
 *
 * <p>Immutable. Constants are never renamed or removed: their names appear in logs and metrics.
 */
public enum Deviation {
  /** Lines of messages end in LF alone. */
  LINES_END_IN_LF("Lines of messages end in LF alone."),
  /** A header line does not begin with a name and a colon; it is skipped. */
  HEADER_LINE_WITHOUT_NAME("A header line does not begin with a name and a colon; it is skipped."),
  /** The header of a message begins with white space. */
  HEADER_BEGINS_WITH_SPACE("The header of a message begins with white space."),
  /** A message has several different Content-Length fields; the first one counts. */
  SEVERAL_CONTENT_LENGTHS(
      "A message has several different Content-Length fields; the first one counts."),
  /** Content-Length is not a number; the message is taken to have no body. */
  CONTENT_LENGTH_NOT_A_NUMBER(
      "Content-Length is not a number; the message is taken to have no body."),
  /** A status line has no reason. */
  STATUS_LINE_WITHOUT_REASON("A status line has no reason."),
  /** The URI of a request contains unencoded white space. */
  URI_WITH_SPACE("The URI of a request contains unencoded white space."),
  /** The name of the protocol is in lower case. */
  PROTOCOL_IN_LOWER_CASE("The name of the protocol is in lower case."),
  /** A message is not understood; it is skipped. */
  MESSAGE_SKIPPED("A message is not understood; it is skipped."),
  /** Interleaved frames are cut off or damaged. */
  FRAMES_DAMAGED("Interleaved frames are cut off or damaged."),
  /** A response belongs to no request. */
  RESPONSE_TO_NOTHING("A response belongs to no request."),
  /** A response has no CSeq; it is taken to answer the oldest request. */
  RESPONSE_WITHOUT_CSEQ("A response has no CSeq; it is taken to answer the oldest request."),
  /** A response has an unknown CSeq; it is taken to answer the oldest request. */
  RESPONSE_WITH_UNKNOWN_CSEQ(
      "A response has an unknown CSeq; it is taken to answer the oldest request."),
  /** The camera sends requests. */
  CAMERA_SENDS_REQUESTS("The camera sends requests."),
  /** The session id changes between responses. */
  SESSION_ID_CHANGES("The session id changes between responses."),
  /** OPTIONS is refused. */
  OPTIONS_REFUSED("OPTIONS is refused."),
  /** PLAY with a range is refused; it is sent without one. */
  PLAY_WITH_RANGE_REFUSED("PLAY with a range is refused; it is sent without one."),
  /** PLAY of the first URL is refused; another one is tried. */
  PLAY_OF_FIRST_URL_REFUSED("PLAY of the first URL is refused; another one is tried."),
  /** PLAY is refused until every track is set up. */
  PLAY_NEEDS_EVERY_TRACK("PLAY is refused until every track is set up."),
  /** Media comes although PLAY is not answered. */
  PLAY_NOT_ANSWERED("PLAY is not answered, and media comes."),
  /** Media comes before the answer to PLAY. */
  MEDIA_BEFORE_PLAY_ANSWERED("Media comes before the answer to PLAY."),
  /** SETUP of the first control URL is refused; another one is tried. */
  SETUP_OF_FIRST_URL_REFUSED("SETUP of the first control URL is refused; another one is tried."),
  /** SETUP of a track other than the first one fails; the track is left out. */
  TRACK_LEFT_OUT("SETUP of a track beside the first one fails; the track is left out."),
  /** A keep-alive is answered with 401. */
  KEEP_ALIVE_UNAUTHORIZED("A keep-alive is answered with 401."),
  /** A keep-alive is not answered; another method is tried. */
  KEEP_ALIVE_NOT_ANSWERED("A keep-alive is not answered; another method is tried."),
  /** A keep-alive is refused; another method is tried. */
  KEEP_ALIVE_REFUSED("A keep-alive is refused; another method is tried."),
  /** The camera closes the connection after it sends its challenge. */
  CLOSED_WITH_CHALLENGE("The camera closes the connection with its challenge."),
  /** The camera redirects to another URL. */
  REDIRECTED("The camera redirects to another URL."),
  /** A URL in a header is in brackets or quotes. */
  URL_IN_BRACKETS("A URL in a header is in brackets or quotes."),
  /** A URL in a header has its scheme twice. */
  URL_WITH_SCHEME_TWICE("A URL in a header has its scheme twice."),
  /** Content-Base has no scheme. */
  CONTENT_BASE_WITHOUT_SCHEME("Content-Base has no scheme."),
  /** Content-Base is relative. */
  CONTENT_BASE_RELATIVE("Content-Base is relative."),
  /** Content-Base has a malformed host; the host of the request is used. */
  CONTENT_BASE_WITH_BAD_HOST("Content-Base has a malformed host; that of the request is taken."),
  /** The wanted transport does not work; another one is used. */
  TRANSPORT_REFUSED("The wanted transport does not work; another one is used."),
  /** The transport named for interleaved frames does not end in /TCP. */
  TRANSPORT_WITHOUT_TCP("The Transport of interleaved frames does not end in /TCP."),
  /** SETUP is answered without Transport. */
  SETUP_WITHOUT_TRANSPORT("SETUP is answered without Transport."),
  /** SETUP is answered without channels; the ones that were asked for are used. */
  SETUP_WITHOUT_CHANNELS("SETUP is answered without channels; those asked for are taken."),
  /** The camera chooses channels other than the ones that were asked for. */
  OTHER_CHANNELS("The camera chooses other channels than were asked for."),
  /** Two streams are put on the same channels. */
  CHANNELS_SHARED("Two streams are put on the same channels."),
  /** Data comes on a channel that was not set up. */
  CHANNEL_NOT_SET_UP("Data comes on a channel that was not set up."),
  /** Interleaved frames come although another transport was agreed on. */
  FRAMES_NOT_AGREED_ON("Interleaved frames come although another transport was agreed on."),
  /** Datagrams come from another host; they are dropped. */
  DATAGRAMS_OF_ANOTHER_HOST("Datagrams come from another host; they are dropped."),
  /** This host gives UDP ports a small buffer; net.core.rmem_max should be raised. */
  SMALL_RECEIVE_BUFFER(
      "This host gives UDP ports a small buffer; net.core.rmem_max should be raised."),
  /** This host drops datagrams for want of a buffer; net.core.rmem_max should be raised. */
  DATAGRAMS_DROPPED_BY_HOST(
      "This host drops datagrams for want of a buffer; net.core.rmem_max should be raised."),
  /** A frame or datagram is too short for a packet. */
  NO_PACKET("A frame or datagram is too short for a packet."),
  /** RTP and RTCP come on swapped channels. */
  SWAPPED_CHANNELS("RTP and RTCP come on swapped channels."),
  /** The session description comes without Content-Type. */
  SDP_WITHOUT_CONTENT_TYPE("The session description comes without Content-Type."),
  /** The session description has no v= line. */
  SDP_WITHOUT_VERSION("The session description has no v= line."),
  /** The session description has no o= line. */
  SDP_WITHOUT_ORIGIN("The session description has no o= line."),
  /** The o= line of the session description does not have its six parts. */
  SDP_ORIGIN_INCOMPLETE("The o= line of the session description does not have its six parts."),
  /** A line of the session description has no known type; it is skipped. */
  SDP_LINE_SKIPPED("A line of the session description has no known type; it is skipped."),
  /** A media line has no payload type; the media is skipped. */
  SDP_MEDIA_WITHOUT_PAYLOAD_TYPE("A media line has no payload type; the media is skipped."),
  /** A track has an encoding that is not received; it is ignored. */
  TRACK_IGNORED("A track has an encoding that is not received; it is ignored."),
  /** The session description has no parameter sets. */
  SDP_WITHOUT_PARAMETER_SETS("The session description has no parameter sets."),
  /** Parameter sets of the session description are not base64. */
  SDP_PARAMETER_SETS_NOT_BASE64("Parameter sets of the session description are not base64."),
  /** Parameter sets of the session description contain start codes. */
  SDP_PARAMETER_SETS_WITH_START_CODES(
      "Parameter sets of the session description contain start codes."),
  /** A parameter set of the session description is unusable. */
  SDP_PARAMETER_SET_UNUSABLE("A parameter set of the session description is unusable."),
  /** The session description has no usable parameter sets. */
  SDP_PARAMETER_SETS_UNUSABLE("The session description has no usable parameter sets."),
  /** A packet is not RTP; it is dropped. */
  NOT_RTP("A packet is not RTP; it is dropped."),
  /** An RTCP packet is cut short or malformed; the rest of it is dropped. */
  NOT_RTCP("An RTCP packet is cut short or malformed; from there on it is dropped."),
  /** RTCP comes on the channel of RTP. */
  RTCP_ON_RTP_CHANNEL("RTCP comes on the channel of RTP."),
  /** RTP comes on the channel of RTCP. */
  RTP_ON_RTCP_CHANNEL("RTP comes on the channel of RTCP."),
  /** Packets of a stream that was not set up arrive; they are dropped. */
  STREAM_NOT_SET_UP("Packets come of a stream that was not set up; they are dropped."),
  /** Packets have an unknown payload type; they are dropped. */
  UNKNOWN_PAYLOAD_TYPE("Packets have an unknown payload type; they are dropped."),
  /** Packets of another SSRC come between those of the stream; they are dropped. */
  ANOTHER_SSRC("Packets of another SSRC come between those of the stream; they are dropped."),
  /** The SSRC of the stream changes. */
  SSRC_CHANGES("The SSRC of the stream changes."),
  /** The SSRC of the stream is not the announced one. */
  ANNOUNCED_SSRC_WRONG("The SSRC of the stream is not the announced one."),
  /**
   * The padding of a packet is longer than its payload, or 0 bytes long; the padding is ignored.
   */
  PADDING_TOO_LONG(
      "The padding of a packet is longer than its payload, or 0 bytes long; it is ignored."),
  /** Sequence numbers start anew. */
  SEQUENCE_RESTARTS("Sequence numbers start anew."),
  /** Sender reports are about another SSRC; they are ignored. */
  REPORTS_OF_ANOTHER_SSRC("Sender reports are about another SSRC; they are ignored."),
  /** An RTCP goodbye comes during the session. */
  GOODBYE_DURING_SESSION("An RTCP goodbye comes during the session."),
  /** Two pictures have the same RTP timestamp; their times are spread out. */
  TIMESTAMP_TWICE("Two pictures have one RTP timestamp; they are spread."),
  /** RTP timestamps stand still; the time is taken from the arrival of the packets. */
  TIMESTAMPS_STAND_STILL("RTP timestamps stand still; arrivals give the time."),
  /** RTP timestamps jump. */
  TIMESTAMPS_JUMP("RTP timestamps jump."),
  /** RTP timestamps mean nothing; the time is taken from the arrival of the packets. */
  TIMESTAMPS_MEANINGLESS("RTP timestamps mean nothing; arrivals give the time."),
  /** The RTP clock is wrong; the arrival of the packets paces the recording. */
  RTP_CLOCK_WRONG("The RTP clock is wrong; arrivals pace the recording."),
  /** A packet has no payload. */
  NO_PAYLOAD("A packet has no payload."),
  /** Payloads contain start codes. */
  START_CODES("Payloads contain start codes."),
  /** The forbidden_zero_bit of a NAL unit is set. */
  FORBIDDEN_BIT("The forbidden_zero_bit of a NAL unit is set."),
  /** A parameter set in the stream is unusable. */
  PARAMETER_SET_UNUSABLE("A parameter set in the stream is unusable."),
  /** Samples come without parameter sets; they are dropped. */
  NO_PARAMETER_SETS("Samples come without parameter sets; they are dropped."),
  /** The marker bit is set on every slice instead of on every picture. */
  MARKER_ON_EVERY_SLICE("The marker bit is set on every slice instead of on every picture."),
  /** An access unit exceeds the limits; it is dropped. */
  ACCESS_UNIT_TOO_LARGE("An access unit is over the limits; it is dropped."),
  /** H.264 comes in packetization mode 2, which was not asked for. */
  PACKETIZATION_MODE_2("H.264 comes in packetization mode 2, which was not asked for."),
  /** An aggregation packet ends within a NAL unit. */
  AGGREGATE_CUT_SHORT("An aggregation packet ends within a NAL unit."),
  /** An aggregation packet contains empty NAL units or padding. */
  AGGREGATE_WITH_EMPTY_UNITS("An aggregation packet contains empty NAL units or padding."),
  /** A fragment has no header. */
  FRAGMENT_WITHOUT_HEADER("A fragment has no header."),
  /** A fragment is both the first and the last one of its NAL unit. */
  FRAGMENT_WITH_START_AND_END("A fragment is both the first and the last one of its NAL unit."),
  /** A fragment carries no bytes. */
  FRAGMENT_WITHOUT_BYTES("A fragment carries no bytes."),
  /** A fragmented NAL unit has no last fragment. */
  FRAGMENT_WITHOUT_END("A fragmented NAL unit has no last fragment."),
  /** H.265 comes with payload header extensions, which are skipped. */
  PACI_PACKETS("H.265 comes with payload header extensions, which are skipped."),
  /** A packet of AAC contains no frames. */
  AAC_WITHOUT_FRAMES("A packet of AAC contains no frames."),
  /** Frames of AAC are interleaved. */
  AAC_INTERLEAVED("Frames of AAC are interleaved."),
  /** Frames of AAC do not fit their packet. */
  AAC_FRAMES_DO_NOT_FIT("Frames of AAC do not fit their packet."),
  /** Payloads contain ADTS headers, which are left out. */
  ADTS_HEADERS("Payloads contain ADTS headers, which are left out."),
  /** Frames of LATM end early. */
  LATM_FRAMES_CUT_SHORT("Frames of LATM end early."),
  /** A payload of audio ends within a sample. */
  AUDIO_ENDS_WITHIN_SAMPLE("A payload of audio ends within a sample."),
  /**
   * A payload format of another vendor worked around something; the evidence says what. Each
   * distinct text of evidence is counted separately; the first 16 are kept.
   */
  OTHER("A payload format of another vendor worked around something; the evidence says what.");

  private final String sentence;

  Deviation(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Returns the name used in logs, metrics and reports.
   *
   * @return lower-case words joined by hyphens, such as {@code unknown-payload-type}
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns what this deviation means.
   *
   * @return one sentence in English
   */
  public String sentence() {
    return sentence;
  }
}
