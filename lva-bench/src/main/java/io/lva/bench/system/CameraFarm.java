package io.lva.bench.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Many cameras in one thread of one process, cheap enough not to disturb the measurement: a frame
 * costs one copy, a few numbers and one write.
 *
 * <p>{@code CameraFarm CLIP [max]}: prints its port; with {@code max} it sends as fast as the
 * sockets accept, otherwise in real time. It prints what it has sent each time it reads a line and
 * once more at the end, and ends when its standard input does. Exit codes: 0 ended, 1 the clip
 * cannot be sent, 2 bad arguments.
 */
public final class CameraFarm {
  private static final int FAILED = 1;
  private static final int BAD_ARGUMENTS = 2;
  private static final int SCRATCH_BYTES = 4 * 1024 * 1024;

  private final FarmClip clip;
  private final boolean fast;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final FarmConsole console;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final List<FarmCamera> cameras = new ArrayList<>();
  private final PriorityQueue<FarmCamera> due =
      new PriorityQueue<>(Comparator.comparingLong(FarmCamera::dueNanos));
  private int accepted;
  private FarmReport gone = FarmReport.NOTHING;

  private CameraFarm(FarmClip clip, boolean fast) throws IOException {
    this.clip = clip;
    this.fast = fast;
    this.selector = Selector.open();
    this.console = FarmConsole.follow(System.in, selector::wakeup);
    this.server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), /* backlog= */ 512);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Runs until the standard input ends.
   *
   * @param arguments the clip, and {@code max} for full speed
   */
  public static void main(String[] arguments) {
    boolean fast = arguments.length == 2 && arguments[1].equals("max");
    if (arguments.length != 1 && !fast) {
      System.err.println("usage: CameraFarm CLIP [max]");
      System.exit(BAD_ARGUMENTS);
    }
    try {
      new CameraFarm(FarmClip.read(Path.of(arguments[0])), fast).run();
    } catch (IOException e) {
      System.err.println("the cameras cannot send: " + e.getMessage());
      System.exit(FAILED);
    }
  }

  private void run() throws IOException {
    System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
    while (!console.hasEnded()) {
      turn();
      if (console.isAsked()) {
        System.out.println(report().toLine());
      }
    }
    System.out.println(report().toLine());
  }

  private void turn() throws IOException {
    FarmCamera next = due.peek();
    long wait = next == null ? 100 : (next.dueNanos() - System.nanoTime()) / 1_000_000;
    if (fast && due.stream().anyMatch(camera -> !camera.hasUnsent())) {
      selector.selectNow();
    } else {
      selector.select(Math.max(1, Math.min(100, wait)));
    }
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof FarmCamera camera) {
        serve(key, camera);
      }
    }
    sendDue();
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    FarmCamera camera = new FarmCamera(channel, key, clip, accepted++);
    key.attach(camera);
    cameras.add(camera);
  }

  private void serve(SelectionKey key, FarmCamera camera) throws IOException {
    try {
      if (key.isReadable()) {
        boolean before = camera.isPlaying();
        camera.read(scratch);
        if (!before && camera.isPlaying()) {
          due.add(camera);
        }
      }
      if (key.isValid() && key.isWritable()) {
        camera.flush();
      }
    } catch (IOException e) {
      remove(camera);
    }
  }

  private void sendDue() throws IOException {
    List<FarmCamera> waiting = new ArrayList<>();
    while (!due.isEmpty() && (fast || due.peek().dueNanos() <= System.nanoTime())) {
      FarmCamera camera = due.poll();
      try {
        if (!fast || !camera.hasUnsent()) {
          camera.sendFrame(scratch);
        }
        waiting.add(camera);
      } catch (IOException e) {
        remove(camera);
      }
    }
    due.addAll(waiting);
  }

  private void remove(FarmCamera camera) throws IOException {
    gone = gone.plus(camera.report());
    cameras.remove(camera);
    due.remove(camera);
    camera.close();
  }

  private FarmReport report() {
    return cameras.stream().map(FarmCamera::report).reduce(gone, FarmReport::plus);
  }
}
