package io.lva.iot.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lva.iot.testkit.MqttPacket.Connect;
import io.lva.iot.testkit.MqttPacket.Publication;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a module to the emulated hub, on a thread of its own. */
final class HubConnection implements Runnable {
  private static final int ACCEPTED = 0;
  private static final int NOT_AUTHORIZED = 5;

  private final EdgeHubEmulator hub;
  private final Socket raw;
  private final SSLSocket socket;

  @GuardedBy("out")
  private final OutputStream out;

  private @Nullable HubSession session;

  HubConnection(EdgeHubEmulator hub, Socket raw, SSLSocket socket) throws IOException {
    this.hub = hub;
    this.raw = raw;
    this.socket = socket;
    out = socket.getOutputStream();
  }

  @Override
  public void run() {
    try (raw;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024))) {
      MqttPacket first = MqttPacket.read(in);
      hub.faults().awaitThaw();
      if (first.type() != MqttPacket.CONNECT || !accept(first.connect())) {
        return;
      }
      boolean open = true;
      while (open) {
        MqttPacket packet = MqttPacket.read(in);
        hub.faults().awaitThaw();
        open = take(packet);
      }
    } catch (IOException e) {
      // The module has gone; what it left unacknowledged it sends again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      HubSession ended = session;
      if (ended == null) {
        hub.countRefusal();
      } else {
        ended.disconnected(this);
        hub.changed();
      }
    }
  }

  void write(MqttPacket packet) throws IOException {
    synchronized (out) {
      packet.write(out);
    }
  }

  /** Ends the connection as a crash would. */
  void reset() {
    try {
      raw.setSoLinger(true, 0);
      raw.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private boolean accept(Connect connect) throws IOException {
    Optional<HubSession> known = hub.session(connect.clientId());
    int code = hub.faults().connectReturnCode();
    if (code == ACCEPTED && !known.map(each -> signed(each, connect)).orElse(false)) {
      code = NOT_AUTHORIZED;
    }
    if (code != ACCEPTED) {
      write(MqttPacket.of(MqttPacket.CONNACK, 0, code));
      return false;
    }
    session = known.orElseThrow();
    synchronized (out) { // nothing comes before the answer
      boolean present = session.connected(this);
      write(MqttPacket.of(MqttPacket.CONNACK, present ? 1 : 0, ACCEPTED));
    }
    hub.countConnection();
    return true;
  }

  private static boolean signed(HubSession session, Connect connect) {
    HubIdentity who = session.identity();
    String resource = EdgeHub.HUB_HOST + "/devices/" + who.device() + "/modules/" + who.module();
    return connect.userName().startsWith(EdgeHub.HUB_HOST + "/" + who.clientId() + "/?")
        && SharedAccessSignature.verify(connect.password(), resource, who.key());
  }

  /** Handles a packet; returns whether the connection continues. */
  private boolean take(MqttPacket packet) throws IOException {
    HubSession of = session;
    if (of == null || packet.length() > EdgeHubEmulator.MAXIMUM_PACKET) {
      return false;
    }
    switch (packet.type()) {
      case MqttPacket.PUBLISH -> published(of, packet.publication());
      case MqttPacket.SUBSCRIBE -> {
        packet.filters().forEach(of::subscribe);
        hub.changed();
        int[] granted = new int[2 + packet.filters().size()];
        granted[0] = packet.id() >> 8;
        granted[1] = packet.id();
        Arrays.fill(granted, 2, granted.length, 1);
        write(MqttPacket.of(MqttPacket.SUBACK, granted));
      }
      case MqttPacket.UNSUBSCRIBE -> {
        packet.filters().forEach(of::unsubscribe);
        write(MqttPacket.of(MqttPacket.UNSUBACK, packet.id() >> 8, packet.id()));
      }
      case MqttPacket.PINGREQ -> write(MqttPacket.of(MqttPacket.PINGRESP));
      case MqttPacket.DISCONNECT -> {
        return false;
      }
      default -> {}
    }
    return true;
  }

  private void published(HubSession of, Publication message) throws IOException {
    if (message.topic().startsWith(EdgeHub.TWINS) && hub.faults().loseTwinAnswers()) {
      hub.faults().countLostTwinAnswer();
      hub.changed();
    } else {
      hub.received(of.identity(), message.topic(), message.payload());
    }
    if (message.qos() > 0 && !hub.faults().withholdPubacks()) {
      write(MqttPacket.of(MqttPacket.PUBACK, message.id() >> 8, message.id()));
    }
  }
}
