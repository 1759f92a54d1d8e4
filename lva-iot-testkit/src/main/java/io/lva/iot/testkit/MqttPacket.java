package io.lva.iot.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One control packet of MQTT 3.1.1 (OASIS standard, section 2).
 *
 * <p>Immutable.
 */
final class MqttPacket {
  static final int CONNECT = 1;
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int SUBSCRIBE = 8;
  static final int SUBACK = 9;
  static final int UNSUBSCRIBE = 10;
  static final int UNSUBACK = 11;
  static final int PINGREQ = 12;
  static final int PINGRESP = 13;
  static final int DISCONNECT = 14;

  private static final int MAXIMUM_LENGTH = 4 << 20;

  private final int type;
  private final int flags;
  private final byte[] body;

  private MqttPacket(int type, int flags, byte[] body) {
    this.type = type;
    this.flags = flags;
    this.body = body;
  }

  /**
   * A message to a topic.
   *
   * @param topic the topic it is sent to
   * @param qos 0 or 1
   * @param id of the packet; not written with a QoS of 0, and then read as 0
   * @param payload as text
   */
  record Publication(String topic, int qos, int id, String payload) {}

  /**
   * The packet with which a client opens its session.
   *
   * @param clientId the name of the session
   * @param userName as sent
   * @param password as sent
   */
  record Connect(String clientId, String userName, String password) {}

  static MqttPacket read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      length |= (next & 0x7F) << shift;
      shift += 7;
    } while ((next & 0x80) != 0 && shift < 28);
    if (length > MAXIMUM_LENGTH) {
      throw new IOException("a packet of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new MqttPacket(first >> 4, first & 0xF, body);
  }

  /** Returns what kind of packet this is, 1 to 14. */
  int type() {
    return type;
  }

  /** Returns the number of bytes of the variable header and the payload. */
  int length() {
    return body.length;
  }

  void write(OutputStream out) throws IOException {
    byte[] head = new byte[5];
    head[0] = (byte) (type << 4 | flags);
    int length = body.length;
    int at = 1;
    do {
      int digit = length & 0x7F;
      length >>= 7;
      head[at++] = (byte) (length > 0 ? digit | 0x80 : digit);
    } while (length > 0);
    byte[] all = new byte[at + body.length];
    System.arraycopy(head, 0, all, 0, at);
    System.arraycopy(body, 0, all, at, body.length);
    out.write(all);
    out.flush();
  }

  static MqttPacket of(int type, int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return new MqttPacket(type, 0, body);
  }

  static MqttPacket publish(Publication publication) {
    var bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] topic = publication.topic().getBytes(UTF_8);
      out.writeShort(topic.length);
      out.write(topic);
      if (publication.qos() > 0) {
        out.writeShort(publication.id());
      }
      out.write(publication.payload().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MqttPacket(PUBLISH, publication.qos() << 1, bytes.toByteArray());
  }

  Publication publication() {
    ByteBuffer in = ByteBuffer.wrap(body);
    String topic = text(in);
    int qos = flags >> 1 & 3;
    int id = qos == 0 ? 0 : Short.toUnsignedInt(in.getShort());
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new Publication(topic, qos, id, new String(payload, UTF_8));
  }

  Connect connect() {
    ByteBuffer in = ByteBuffer.wrap(body);
    text(in);
    in.position(in.position() + 4);
    return new Connect(text(in), text(in), text(in));
  }

  /** Returns the identifier of a packet that begins with one. */
  int id() {
    return Short.toUnsignedInt(ByteBuffer.wrap(body).getShort());
  }

  /** Returns the topic filters of a SUBSCRIBE or UNSUBSCRIBE packet. */
  List<String> filters() {
    ByteBuffer in = ByteBuffer.wrap(body);
    in.getShort();
    List<String> filters = new ArrayList<>();
    while (in.hasRemaining()) {
      filters.add(text(in));
      if (type == SUBSCRIBE) {
        in.get();
      }
    }
    return filters;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
