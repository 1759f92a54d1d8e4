package io.lva.rtp;

import static io.lva.rtp.TestCamera.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cameras and links with random faults of time, against a model that knows when each picture was
 * taken. {@code -Dlva.clock.scenarios} tells how many of each kind.
 */
class ClockPropertyTest {
  private static final long MILLI = 1_000_000L;
  private static final int AFTER_SECONDS = 45;
  private static final int SCENARIOS = Integer.getInteger("lva.clock.scenarios", 400);

  /** What goes wrong. */
  private enum Fault {
    /** The clock runs at another rate. */
    RATE,
    /** The clock is set. */
    SET,
    /** The clock stands still. */
    CONSTANT,
    /** Each timestamp is any number. */
    RANDOM,
    /** Pictures have the times of two lines in turn. */
    TWO_LINES,
    /** The same, and the lines are less than a second apart. */
    NEAR_LINES,
    /** Each timestamp is off by up to a second. */
    NOISE,
    /** The link freezes, then brings everything at once. */
    FROZEN_LINK,
    /** What the camera holds of the time before the session comes first. */
    BACKLOG
  }

  /** What sender reports state as the time of day. */
  private enum Reports {
    NONE,
    TRUE,
    WITH_TIMESTAMPS,
    RANDOM
  }

  /** One picture of the model. */
  private record Picture(long captured, long arrived, long timestamp) {}

  /** The pictures of a session and when the fault is there. */
  private static final class Model {
    private final Fault fault;
    private final Random random;
    private final int picturesPerSecond;
    private final int group;
    private final int jitterMillis;
    private final long faultNanos;
    private final double rate;
    private final long jump;
    private final long frozenNanos;
    private final int drain;
    private final int holdBytes;
    private final Reports reports;
    private final List<Picture> pictures = new ArrayList<>();

    Model(Fault fault, int seed) {
      this.fault = fault;
      random = new Random(seed * 31L + List.of(Fault.values()).indexOf(fault));
      picturesPerSecond = List.of(5, 10, 15, 25, 30).get(random.nextInt(5));
      group = picturesPerSecond * (1 + random.nextInt(2));
      jitterMillis = random.nextInt(25);
      faultNanos = fault == Fault.BACKLOG || random.nextInt(3) == 0 ? 0 : 20 * SECOND;
      rate = Math.exp((random.nextDouble() - 0.5) * 2 * Math.log(10));
      jump =
          ((long) (Math.exp(random.nextDouble() * 10) * 90_000)) * (random.nextBoolean() ? 1 : -1);
      frozenNanos = (long) (random.nextDouble() * 40 * SECOND);
      drain = List.of(2, 4, 10, 1000).get(random.nextInt(4));
      holdBytes = List.of(100, 1000, 100_000).get(random.nextInt(3));
      reports = List.of(Reports.values()).get(random.nextInt(4));
      make();
    }

    /** Returns the time of day of a sender report that belongs to a picture, after the start. */
    long reported(Picture picture) {
      return switch (reports) {
        case NONE, TRUE -> picture.captured;
        case WITH_TIMESTAMPS -> (picture.timestamp - pictures.get(0).timestamp) * 100_000 / 9;
        case RANDOM -> random.nextInt(1_000_000) * SECOND;
      };
    }

    private void make() {
      int count = (int) (picturesPerSecond * (faultNanos / SECOND + AFTER_SECONDS));
      long origin = random.nextInt() & 0xffffffffL;
      long last = 0;
      for (int i = 0; i < count; i++) {
        long captured = i * SECOND / picturesPerSecond;
        long arrived = arrival(captured) + random.nextInt(1 + jitterMillis) * MILLI;
        last = Math.max(last, arrived);
        pictures.add(new Picture(captured, last, origin + ticks(captured, i)));
      }
    }

    private long arrival(long captured) {
      return switch (fault) {
        case FROZEN_LINK, BACKLOG ->
            captured < faultNanos
                ? captured
                : Math.max(captured, faultNanos + frozenNanos + (captured - faultNanos) / drain);
        default -> captured;
      };
    }

    private long ticks(long captured, int i) {
      long right = Math.round(captured * 9e-5);
      long since = captured - faultNanos;
      if (since < 0) {
        return right;
      }
      return switch (fault) {
        case RATE -> Math.round((faultNanos + since * rate) * 9e-5);
        case SET -> right + jump;
        case CONSTANT -> Math.round(faultNanos * 9e-5);
        case RANDOM -> random.nextInt();
        case NEAR_LINES -> i % 2 == 0 ? right : right + jump % 90_000;
        case NOISE -> right + random.nextInt(90_000);
        case TWO_LINES -> i % 2 == 0 ? right : right + jump;
        case FROZEN_LINK, BACKLOG -> right;
      };
    }

    /** Returns whether UTC may be wrong: the fault has come and cannot be known yet. */
    boolean isExcused(Picture picture) {
      long known =
          switch (fault) {
            case RATE, SET, CONSTANT, RANDOM -> 10 * SECOND;
            case TWO_LINES, NEAR_LINES, NOISE -> 20 * SECOND;
            case FROZEN_LINK, BACKLOG -> frozenNanos * drain / (drain - 1) + 12 * SECOND;
          };
      return picture.captured >= faultNanos && picture.arrived < faultNanos + known;
    }

    @Override
    public String toString() {
      return ("%s from %.0f s, rate %.3f, jump %.1f s, frozen %.1f s, %d per second, groups of %d,"
              + " jitter %d ms, drain %d, hold %d, reports %s")
          .formatted(
              fault,
              faultNanos / 1e9,
              rate,
              jump / 9e4,
              frozenNanos / 1e9,
              picturesPerSecond,
              group,
              jitterMillis,
              drain,
              holdBytes,
              reports);
    }
  }

  @ParameterizedTest
  @EnumSource
  void utcNanos_randomFaults_isAsRightAsStatedAndNeverOverlaps(Fault fault) {
    for (int seed = 0; seed < SCENARIOS; seed++) {
      Model model = new Model(fault, seed);
      TestCamera camera =
          new TestCamera(
              ReceiverOptions.defaults().withMaximumHold(Duration.ofSeconds(3), model.holdBytes));
      camera.output.keepBytes = false;
      camera.output.keepCalls = false;
      camera.start();
      long start = camera.nanoTime;
      long startUtc = camera.utcNanos();
      for (int i = 0; i < model.pictures.size(); i++) {
        Picture picture = model.pictures.get(i);
        camera.nanoTime = start + picture.arrived;
        camera.picture(picture.timestamp, i % model.group == 0);
        if (model.reports != Reports.NONE && i % (5 * model.picturesPerSecond) == 3) {
          camera.receiver.rtcp(
              0,
              TestCamera.senderReport(
                  camera.ssrc, startUtc + model.reported(picture), picture.timestamp),
              camera.nanoTime,
              camera.utcNanos());
        }
      }
      camera.receiver.end(GapCause.OPERATOR);
      check(model, camera, startUtc);
    }
  }

  private static void check(Model model, TestCamera camera, long startUtc) {
    List<Sample> samples = camera.output.samples;
    assertThat(samples).as(model.toString()).hasSize(model.pictures.size());
    for (int i = 0; i < samples.size(); i++) {
      Picture picture = model.pictures.get(i);
      long utc = samples.get(i).utcNanos();
      if (!model.isExcused(picture)) {
        long error = utc - startUtc - picture.captured;
        long stated = camera.output.errors.get(i);
        if (Math.abs(error) > stated || stated > SECOND / 2) {
          throw new AssertionError(
              "picture %d is %d ns off, stated are %d: %s".formatted(i, error, stated, model));
        }
      }
      if (i > 0 && utc <= samples.get(i - 1).utcNanos()) {
        throw new AssertionError("picture %d goes back: %s".formatted(i, model));
      }
    }
    for (Gap gap : camera.output.closed) {
      assertThat(gap.end().orElseThrow()).as(model.toString()).isAfterOrEqualTo(gap.start());
    }
  }
}
