package io.lva.fmp4;

import io.lva.media.MediaType;

/** The handler of a track (ISO/IEC 14496-12 clauses 8.4.3 and 12). */
final class HandlerType {
  private static final int VIDE = BoxType.of("vide");
  private static final int SOUN = BoxType.of("soun");
  private static final int META = BoxType.of("meta");

  private HandlerType() {}

  static int of(MediaType mediaType) {
    return switch (mediaType) {
      case VIDEO -> VIDE;
      case AUDIO -> SOUN;
      case APPLICATION -> META;
    };
  }

  static MediaType parse(int handlerType) {
    if (handlerType == VIDE) {
      return MediaType.VIDEO;
    }
    return handlerType == SOUN ? MediaType.AUDIO : MediaType.APPLICATION;
  }
}
