package io.lva.asset.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets whose closing takes no longer than about a second. The final TLS message must
 * follow any write in progress. Without a linger time, closing would therefore wait for a hanging
 * write until TCP gives up, which takes a quarter of an hour.
 *
 * <p>Thread-safe.
 */
final class LingeringSockets extends SSLSocketFactory {
  private static final int LINGER_SECONDS = 1;

  private final SSLSocketFactory sockets;

  LingeringSockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  private static Socket lingering(Socket socket) throws IOException {
    socket.setSoLinger(true, LINGER_SECONDS);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return lingering(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return lingering(sockets.createSocket(socket, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return lingering(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return lingering(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return lingering(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return lingering(sockets.createSocket(host, port, localHost, localPort));
  }
}
