package io.lva.rtsp.session;

import io.lva.rtp.ReceiverOptions;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspSourceOptions;

/** Derives the options of a receiver from those of its camera. */
final class ReceiverChoice {
  private static final int MAXIMUM_NAL_UNITS = 1024;

  private ReceiverChoice() {}

  static ReceiverOptions of(RtspOptions options) {
    RtspSourceOptions common = options.common();
    return ReceiverOptions.defaults()
        .withCameraClock(options.cameraClock())
        .withMaximumAccessUnit(common.maximumAccessUnitBytes(), MAXIMUM_NAL_UNITS)
        .withReorder(common.reorder(), common.reorderPackets())
        .withRivalHold(common.rivalHold());
  }
}
