package io.lva.media.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The codecs that files are read with, by the type of their sample entry.
 *
 * <p>Those of this library come first; others are found by {@link ServiceLoader} when the class is
 * first used.
 *
 * <p>Thread-safe.
 */
public final class CodecFormats {
  private static final List<CodecFormat> OWN =
      List.of(
          new H264Format(), new H265Format(), new AacFormat(), new PcmFormat(), new OpusFormat());
  private static final Map<String, CodecFormat> BY_SAMPLE_ENTRY = load();

  private CodecFormats() {}

  /**
   * Finds the codec of a sample entry.
   *
   * @param sampleEntry four-character code, such as {@code avc1}
   * @return the codec; empty when it is not known
   */
  public static Optional<CodecFormat> find(String sampleEntry) {
    return Optional.ofNullable(BY_SAMPLE_ENTRY.get(sampleEntry));
  }

  private static Map<String, CodecFormat> load() {
    Map<String, CodecFormat> formats = new HashMap<>();
    OWN.forEach(format -> add(formats, format));
    ServiceLoader.load(CodecFormat.class, CodecFormat.class.getClassLoader())
        .forEach(format -> add(formats, format));
    return Map.copyOf(formats);
  }

  private static void add(Map<String, CodecFormat> formats, CodecFormat format) {
    format.sampleEntries().forEach(type -> formats.putIfAbsent(type, format));
  }
}
