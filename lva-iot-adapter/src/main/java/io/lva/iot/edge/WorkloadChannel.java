package io.lva.iot.edge;

import com.microsoft.azure.sdk.iot.device.hsm.UnixDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Connects to the socket of IoT Edge's workload API with the JDK. Confined to its caller. */
final class WorkloadChannel implements UnixDomainSocketChannel {
  private @Nullable SocketChannel channel;

  @Override
  public void open(String address) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(address));
  }

  @Override
  public void write(byte[] output) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(output);
    while (left.hasRemaining()) {
      opened().write(left);
    }
  }

  @Override
  public int read(byte[] input) throws IOException {
    return opened().read(ByteBuffer.wrap(input));
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  private SocketChannel opened() throws IOException {
    if (channel == null) {
      throw new IOException("the workload API is not open");
    }
    return channel;
  }
}
