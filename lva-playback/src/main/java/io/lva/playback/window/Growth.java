package io.lva.playback.window;

import io.lva.playback.address.ManifestRange;

/** How the media that a manifest shows changes. */
public enum Growth {
  /** It is complete and never changes. */
  COMPLETE,
  /** It grows up to an end that was asked for; players start at its beginning. */
  PORTION,
  /** It grows at its end. */
  EVENT,
  /** It grows at its end and loses its oldest fragments. */
  LIVE;

  /** Returns how a range changes while its asset is recorded. */
  static Growth of(ManifestRange range) {
    if (range.start().isEmpty()) {
      return LIVE;
    }
    return range.end().isEmpty() ? EVENT : PORTION;
  }
}
