package io.lva.rtsp.session;

import io.lva.rtp.Deviations;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.message.RtspInbound;
import io.lva.rtsp.message.RtspMessage;
import java.nio.ByteBuffer;

/** Passes on what a decoder finds, as a connection does. */
record SessionInbound(RtspSession session, InterleavedTransport transport, Deviations deviations)
    implements RtspInbound {
  @Override
  public void received(int sizeBytes) {
    session.received(sizeBytes);
  }

  @Override
  public void interleaved(int channel, ByteBuffer data) {
    transport.frame(channel, data);
  }

  @Override
  public void message(RtspMessage message) {
    session.message(message);
  }

  @Override
  public void note(Deviation deviation, String evidence, long first, long second) {
    deviations.note(deviation, evidence, first, second);
  }

  @Override
  public void desynchronised(String found) {
    session.desynchronised(found);
  }
}
