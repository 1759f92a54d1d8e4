package io.lva.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.lva.asset.disk.DiskAssetStore;
import io.lva.asset.disk.FileOps;
import io.lva.playback.PlayerSession.Answer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** At the live edge the store takes its time. */
class SlowPartTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CONTENT = "/door/content.ism/";

  @TempDir private Path store;
  private ScriptedAsset asset;
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch disk = new CountDownLatch(1);

  @BeforeEach
  void record() throws IOException {
    asset = new ScriptedAsset(store, "door", START);
    asset.segment(5);
    asset.fragments(1);
  }

  private FileOps slow() {
    return (FileOps)
        Proxy.newProxyInstance(
            FileOps.class.getClassLoader(),
            new Class<?>[] {FileOps.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("openForRead")
        && arguments[0].toString().contains("-aaaaaaaa-00001")) {
      reading.countDown();
      disk.await();
    }
    try {
      return method.invoke(FileOps.disk(), arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void part_storeIsSlow_holdsUpNeitherTheRecorderNorOtherPlayers() throws Exception {
    try (PlayerSession player = new PlayerSession(new DiskAssetStore(store, slow()), asset)) {
      CompletableFuture<Answer> part = player.ask(CONTENT + "m/20261122/aaaaaaaa/1/1-part4.m4s");
      long next = BlockingReloadTest.next(player);
      CompletableFuture<Answer> list = player.ask(BlockingReloadTest.video(next, 4));
      assertThat(part).isNotDone();
      assertThat(list).isNotDone();

      asset.part(); // returns, though the part cannot be read yet

      assertThat(list).isDone();
      assertThat(list.join().text()).contains("1-part4.m4s");
      assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(part).isNotDone();
      disk.countDown();
      assertThat(part.get(30, TimeUnit.SECONDS).text()).contains("picture");
    } finally {
      disk.countDown();
    }
  }
}
