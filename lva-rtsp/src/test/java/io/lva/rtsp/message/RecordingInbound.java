package io.lva.rtsp.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a decoder hands on. */
final class RecordingInbound implements RtspInbound {
  final List<String> frames = new ArrayList<>();
  final List<Integer> channels = new ArrayList<>();
  final List<RtspMessage> messages = new ArrayList<>();
  final List<String> deviations = new ArrayList<>();
  final List<String> desynchronised = new ArrayList<>();

  @Override
  public void interleaved(int channel, ByteBuffer data) {
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    channels.add(channel);
    frames.add(channel + ":" + HexFormat.of().formatHex(copy));
  }

  @Override
  public void message(RtspMessage message) {
    messages.add(message);
  }

  @Override
  public void deviation(String what) {
    deviations.add(what);
  }

  @Override
  public void desynchronised(String found) {
    desynchronised.add(found);
  }
}
