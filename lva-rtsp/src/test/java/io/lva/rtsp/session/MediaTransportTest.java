package io.lva.rtsp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.rtsp.RtspFailure.Kind;
import io.lva.rtsp.RtspOptions;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.TransportHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A transport that a session has never heard of: packets are passed on in memory. */
class MediaTransportTest extends RtspSessionRig {
  private final List<String> calls = new ArrayList<>();
  private final List<MediaTransport.Receiver> receivers = new ArrayList<>();
  private boolean broken;

  private final class InMemory implements MediaTransport {
    @Override
    public TransportHeader offer(int track) {
      if (broken) {
        throw new TransportException("no memory left", new IllegalStateException());
      }
      return new TransportHeader("RTP/MEMORY", Map.of("cell", Integer.toString(track)));
    }

    @Override
    public boolean accept(int track, Optional<TransportHeader> chosen) {
      calls.add("accept " + track);
      return chosen.map(TransportHeader::protocol).equals(Optional.of("RTP/MEMORY"));
    }

    @Override
    public void report(int track, ByteBuffer report) {
      calls.add("report " + track);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private void untilSetupInMemory() {
    session =
        new RtspSession(
            RtspOptions.of(RtspUrl.parse(URL)),
            loop,
            wire,
            receiver -> {
              receivers.add(receiver);
              return new InMemory();
            },
            Duration.ofSeconds(3),
            listener,
            new Authenticator(Optional.empty(), () -> "00"),
            deviations);
    untilSetup();
  }

  private void tickFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      session.tick();
    }
  }

  @Test
  void session_anotherTransport_playsReportsAndCloses() {
    untilSetupInMemory();
    assertThat(wire.request().header("Transport")).hasValue("RTP/MEMORY;cell=0");
    answer(200, "Session: 1", "Transport: RTP/MEMORY;ssrc=0000000a");
    answer(200, "");
    receivers.get(0).received(6);
    receivers.get(0).packet(0, false, ByteBuffer.wrap(new byte[] {(byte) 0x80, 96, 0, 1, 0, 0}));
    tickFor(6);
    session.stop();
    assertThat(listener.formats.get(0).ssrc()).hasValue(10);
    assertThat(listener.calls).contains("rtp 0");
    assertThat(calls).containsExactly("accept 0", "report 0", "close");
  }

  @Test
  void session_cameraChoosesAnotherTransport_says() {
    untilSetupInMemory();
    answer(200, "Session: 1", "Transport: RTP/AVP/TCP;interleaved=0-1");
    assertThat(failure()).isEqualTo(Kind.TRANSPORT_REFUSED);
    assertThat(calls).contains("close");
  }

  @Test
  void session_transportUnusableHere_says() {
    broken = true;
    untilSetupInMemory();
    assertThat(failure()).isEqualTo(Kind.TRANSPORT_REFUSED);
    assertThat(listener.failure.orElseThrow().message()).contains("no memory left");
  }

  @Test
  void session_noPacketAtAll_endsAfterTheFirstPatience() {
    untilSetupInMemory();
    answer(200, "Session: 1", "Transport: RTP/MEMORY");
    answer(200, "");
    tickFor(3);
    assertThat(failure()).isEqualTo(Kind.NO_FIRST_MEDIA);
  }

  @Test
  void session_refused461_isAboutTheTransport() {
    untilSetupInMemory();
    answer(461, "");
    assertThat(failure()).isEqualTo(Kind.TRANSPORT_REFUSED);
  }
}
