package io.lva.rtspsim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is sent; takes no more when told so. */
final class RecordingOutput implements PacketOutput {
  final List<Packet> media = new ArrayList<>();
  final List<ByteBuf> reports = new ArrayList<>();
  boolean ready = true;

  /** An RTP packet. */
  record Packet(ByteBuf bytes) {
    int sequence() {
      return bytes.getUnsignedShort(2);
    }

    long timestamp() {
      return bytes.getUnsignedInt(4);
    }

    boolean marker() {
      return bytes.getByte(1) < 0;
    }

    /** Returns the type of the first NAL unit that the payload holds. */
    int nalUnitType() {
      int type = bytes.getByte(12) & 0x1f;
      return switch (type) {
        case 24 -> bytes.getByte(15) & 0x1f;
        case 28 -> bytes.getByte(13) & 0x1f;
        default -> type;
      };
    }
  }

  @Override
  public void begin(int sizeBytes, int packets) {}

  @Override
  public ByteBuf packet(boolean control, int sizeBytes) {
    ByteBuf buffer = Unpooled.buffer(sizeBytes);
    if (control) {
      reports.add(buffer);
    } else {
      media.add(new Packet(buffer));
    }
    return buffer;
  }

  @Override
  public void flush() {}

  @Override
  public boolean ready() {
    return ready;
  }

  /** Returns the timestamps of the access units in order. */
  List<Long> timestamps() {
    return media.stream().filter(Packet::marker).map(Packet::timestamp).toList();
  }
}
