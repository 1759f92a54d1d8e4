package io.lva.rtsp.session;

import io.lva.rtsp.message.RtspMessage;
import io.lva.rtsp.message.RtspRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a session sends. */
final class FakeWire implements RtspWire, InterleavedTransport.Frames {
  final List<RtspMessage> sent = new ArrayList<>();
  final List<Integer> frames = new ArrayList<>();
  final List<Integer> assigned = new ArrayList<>();
  boolean finished;
  boolean closed;

  @Override
  public void send(RtspMessage message) {
    sent.add(message);
  }

  @Override
  public void sendInterleaved(int channel, ByteBuffer data) {
    frames.add(channel);
  }

  @Override
  public void assign(int channel) {
    assigned.add(channel);
  }

  @Override
  public void finish() {
    finished = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Returns the last request that was sent. */
  RtspRequest request() {
    return (RtspRequest) sent.get(sent.size() - 1);
  }

  /** Returns the methods of all requests. */
  List<String> methods() {
    return sent.stream()
        .filter(RtspRequest.class::isInstance)
        .map(message -> ((RtspRequest) message).method())
        .toList();
  }
}
