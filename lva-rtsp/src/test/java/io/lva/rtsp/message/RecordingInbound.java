package io.lva.rtsp.message;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a decoder hands on. */
final class RecordingInbound implements RtspInbound {
  final List<String> frames = new ArrayList<>();
  final List<Integer> channels = new ArrayList<>();
  final List<RtspMessage> messages = new ArrayList<>();
  final Deviations deviations = new Deviations();
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
  public void note(Deviation deviation, String evidence, long first, long second) {
    deviations.note(deviation, evidence, first, second);
  }

  @Override
  public void desynchronised(String found) {
    desynchronised.add(found);
  }
}
