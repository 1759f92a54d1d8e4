package io.lva.bench.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One camera of the farm: answers the few requests a recorder makes, then sends its frames.
 *
 * <p>Confined to the thread of the farm.
 */
final class FarmCamera {
  private static final Pattern SEQUENCE =
      Pattern.compile("^cseq:\\s*(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final int LATE_NANOS = 200_000_000;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final FarmClip clip;
  private final StringBuilder requests = new StringBuilder();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final int source;

  private Optional<Long> playingSince = Optional.empty();
  private int clipIndex;
  private long framesSent;
  private long bytesSent;
  private int sequence;
  private long lateFrames;

  FarmCamera(SocketChannel channel, SelectionKey key, FarmClip clip, int number) {
    this.channel = channel;
    this.key = key;
    this.clip = clip;
    this.source = 0x10000000 + number;
    this.clipIndex = syncFrame(number * 50 % clip.frames().size());
  }

  boolean isPlaying() {
    return playingSince.isPresent();
  }

  FarmReport report() {
    return new FarmReport(isPlaying() ? 1 : 0, framesSent, lateFrames, bytesSent);
  }

  /** Returns the time to send the next frame, on the clock of {@link System#nanoTime}. */
  long dueNanos() {
    return playingSince.orElse(0L)
        + framesSent * clip.frameTicks() * (1_000_000_000L / FarmClip.CLOCK_RATE);
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** Answers the pending requests. */
  void read(ByteBuffer scratch) throws IOException {
    scratch.clear();
    int count = channel.read(scratch);
    if (count < 0) {
      throw new IOException("the recorder closed the connection");
    }
    scratch.flip();
    requests.append(StandardCharsets.ISO_8859_1.decode(scratch));
    for (int end = requests.indexOf("\r\n\r\n"); end >= 0; end = requests.indexOf("\r\n\r\n")) {
      String request = requests.substring(0, end);
      requests.delete(0, end + 4);
      answer(request.substring(Math.max(0, firstLetter(request))));
    }
  }

  /** Sends the next frame, and keeps what the socket does not accept. */
  void sendFrame(ByteBuffer scratch) throws IOException {
    FarmClip.Frame frame = clip.frames().get(clipIndex);
    long timestamp = framesSent * clip.frameTicks() + frame.presentationTicks();
    scratch.clear();
    scratch.put(frame.wire().duplicate());
    for (int offset : frame.packetOffsets()) {
      scratch.putShort(offset + 6, (short) sequence++);
      scratch.putInt(offset + 8, (int) timestamp);
      scratch.putInt(offset + 12, source);
    }
    long now = System.nanoTime();
    new FrameStamp(now, framesSent).write(scratch, frame.stampOffset());
    scratch.flip();
    if (playingSince.isPresent() && now - dueNanos() > LATE_NANOS) {
      lateFrames++;
    }
    framesSent++;
    bytesSent += scratch.remaining();
    clipIndex = (clipIndex + 1) % clip.frames().size();
    send(scratch);
  }

  /** Sends what the socket did not accept before. */
  void flush() throws IOException {
    while (!unsent.isEmpty()) {
      channel.write(unsent.getFirst());
      if (unsent.getFirst().hasRemaining()) {
        return;
      }
      unsent.removeFirst();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  void close() throws IOException {
    channel.close();
  }

  private void send(ByteBuffer bytes) throws IOException {
    if (unsent.isEmpty()) {
      channel.write(bytes);
    }
    if (bytes.hasRemaining()) {
      unsent.addLast(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  private void answer(String request) throws IOException {
    Matcher matcher = SEQUENCE.matcher(request);
    if (!matcher.find()) {
      return;
    }
    StringBuilder response = new StringBuilder("RTSP/1.0 200 OK\r\nCSeq: " + matcher.group(1));
    response.append("\r\nSession: ").append(source).append(";timeout=60\r\n");
    String body = "";
    if (request.startsWith("OPTIONS")) {
      response.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN\r\n");
    } else if (request.startsWith("DESCRIBE")) {
      body = clip.sessionDescription();
      response.append("Content-Type: application/sdp\r\nContent-Length: " + body.length() + "\r\n");
    } else if (request.startsWith("SETUP")) {
      response.append("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n");
    } else if (request.startsWith("PLAY")) {
      playingSince = Optional.of(System.nanoTime());
    }
    String text = response.append("\r\n").append(body).toString();
    send(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /**
   * Returns the index at which the request begins, after any receiver reports; 0 when no request is
   * found.
   */
  private static int firstLetter(String request) {
    Matcher matcher =
        Pattern.compile("(OPTIONS|DESCRIBE|SETUP|PLAY|GET_PARAMETER|TEARDOWN) ").matcher(request);
    return matcher.find() ? matcher.start() : 0;
  }

  private int syncFrame(int from) {
    int index = from;
    while (!clip.frames().get(index).sync()) {
      index = (index + 1) % clip.frames().size();
    }
    return index;
  }
}
