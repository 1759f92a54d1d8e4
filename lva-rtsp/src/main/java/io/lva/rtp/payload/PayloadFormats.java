package io.lva.rtp.payload;

import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The payload formats of this process, by the encoding name of the session description.
 *
 * <p>All formats are services, including those of this library; they are looked up when the class
 * is first used. When several formats claim an encoding name, the first one found is used.
 *
 * <p>Thread-safe.
 */
public final class PayloadFormats {
  private static final List<PayloadFormat> ALL = load();

  private PayloadFormats() {}

  /**
   * Finds the format of an encoding.
   *
   * @param mediaType media type of the {@code m=} line
   * @param encoding encoding name of the {@code a=rtpmap} line, in any letter case
   * @return the format; empty when no format has this encoding name
   */
  public static Optional<PayloadFormat> find(MediaType mediaType, String encoding) {
    String name = encoding.toUpperCase(Locale.ROOT);
    return ALL.stream()
        .filter(format -> format.mediaType() == mediaType && format.encodings().contains(name))
        .findFirst();
  }

  /**
   * Finds the format of a stream.
   *
   * @param stream the stream as the session description states it
   * @return the format; empty when the stream cannot be received
   */
  public static Optional<PayloadFormat> receiving(TrackFormat stream) {
    return find(stream.mediaType(), stream.encoding())
        .filter(format -> format.isReceivable(stream));
  }

  /**
   * Finds out how a track is sent.
   *
   * @param parameters codec parameters of the track
   * @return the description and the packetizer; empty when no format can send it
   */
  public static Optional<SendFormat> sending(CodecParameters parameters) {
    return ALL.stream()
        .filter(format -> format.mediaType() == parameters.mediaType())
        .flatMap(format -> format.sender(parameters).stream())
        .findFirst();
  }

  private static List<PayloadFormat> load() {
    List<PayloadFormat> formats = new ArrayList<>();
    ServiceLoader.load(PayloadFormat.class, PayloadFormat.class.getClassLoader())
        .forEach(formats::add);
    return List.copyOf(formats);
  }
}
