package io.lva.rtsp.net;

import io.lva.media.Bytes;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtspMessageWriter;
import io.lva.rtsp.message.RtspRequest;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.session.Authenticator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * RTSP over HTTP as QuickTime introduced it. What the camera sends is the endless body of the
 * response to a GET; what it receives is the body of a POST, in Base64. A cookie ties the two
 * connections together.
 *
 * <p>Confined to its media loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpTunnel {
  private static final String MEDIA_TYPE = "application/x-rtsp-tunnelled";

  /**
   * The content length of the POST. Any number will do, because servers do not count; this is the
   * one that clients send.
   */
  private static final String ENDLESS = "32767";

  private final String path;
  private final String host;
  private final Authenticator authenticator;
  private final String cookie = UUID.randomUUID().toString().replace("-", "").substring(0, 22);

  HttpTunnel(RtspUrl url, Authenticator authenticator) {
    String text = url.requestUri();
    int slash = text.indexOf('/', text.indexOf("://") + 3);
    this.path = slash < 0 ? "/" : text.substring(slash);
    this.host = url.hostAndPort();
    this.authenticator = authenticator;
  }

  /** Returns the port of the tunnel: the one in the URL, or else the default of HTTP or HTTPS. */
  static int port(RtspUrl url) {
    return url.hasPort() ? url.port() : url.isSecure() ? 443 : 80;
  }

  /** Sends the GET, whose response carries what the camera sends. */
  void get(Channel channel) {
    send(channel, request("GET").with("Accept", MEDIA_TYPE));
  }

  /** Sends the head of the POST, whose body carries what the camera receives. */
  void post(Channel channel) {
    send(
        channel,
        request("POST")
            .with("Content-Type", MEDIA_TYPE)
            .with("Content-Length", ENDLESS)
            .with("Expires", "Sun, 9 Jan 1972 00:00:00 GMT"));
  }

  private RtspRequest request(String method) {
    RtspRequest request =
        new RtspRequest(
            method,
            path,
            "HTTP/1.0",
            RtspRequest.of(method, path)
                .with("Host", host)
                .with("User-Agent", "lva")
                .with("x-sessioncookie", cookie)
                .with("Pragma", "no-cache")
                .with("Cache-Control", "no-cache")
                .headers(),
            Bytes.empty());
    Optional<String> proof = authenticator.authorization(method, path);
    return proof.isPresent() ? request.with("Authorization", proof.get()) : request;
  }

  private static void send(Channel channel, RtspRequest request) {
    assert channel.eventLoop().inEventLoop() : "the tunnel is used outside its media loop";
    ByteBuf buffer = channel.alloc().buffer(512);
    RtspMessageWriter.write(request, buffer);
    channel.writeAndFlush(buffer, channel.voidPromise());
  }

  /** Returns whether a refused GET is worth repeating with credentials. */
  boolean challenged(RtspResponse response) {
    return response.status() == 401
        && authenticator.challenged(response.headers().all("WWW-Authenticate"));
  }

  /** Encodes a message that is to be sent, and releases its buffer. */
  static ByteBuf encode(ByteBuf message) {
    try {
      return Unpooled.wrappedBuffer(Base64.getEncoder().encode(message.nioBuffer()));
    } finally {
      message.release();
    }
  }
}
