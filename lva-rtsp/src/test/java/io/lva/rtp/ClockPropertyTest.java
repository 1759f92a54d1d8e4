package io.lva.rtp;

import static io.lva.rtp.TestCamera.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.Gap;
import io.lva.media.GapCause;
import io.lva.media.Sample;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.SeenDeviation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
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

  /** What never looks like a wrong RTP clock. */
  private static final Set<Fault> RIGHT_CLOCKS =
      EnumSet.of(Fault.STEADY_LATENCY, Fault.WRONG_REPORTS);

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
    BACKLOG,
    /** Media always comes equally late; reports are true and come at once. */
    STEADY_LATENCY,
    /** Reports have the right time of day, and timestamps that mean nothing. */
    WRONG_REPORTS,
    /** What the camera holds comes first; reports are true and come at once. */
    REPORTED_BACKLOG;

    /** Returns whether it is there from the start, and reports are of the instant they are sent. */
    boolean hasPromptReports() {
      return compareTo(STEADY_LATENCY) >= 0;
    }
  }

  /** What sender reports state as the time of day. */
  private enum Reports {
    NONE,
    TRUE,
    WITH_TIMESTAMPS,
    RANDOM,
    /** The time of day and the timestamp are of the instant they are sent, not of a picture. */
    PROMPT
  }

  /** How the timestamps of reports are wrong. */
  private enum WrongTimestamp {
    /** Each by another time of up to 90 s. */
    ANY,
    /** They stand still. */
    CONSTANT,
    /** They say that pictures are taken after they have come. */
    BEHIND,
    /** They say that pictures come over 90 s late. */
    FAR_AHEAD,
    /** They are those of a clock of another rate. */
    RATE
  }

  /** One picture of the model. */
  private record Picture(long captured, long arrived, long timestamp) {}

  /** The pictures of a session and when the fault is there. */
  private static final class Model {
    private final Fault fault;
    private final Random random;
    private final Random reportRandom;
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
    private final long firstReport;
    private final long latencyNanos;
    private final WrongTimestamp wrong;
    private final double reportRate;
    private final long origin;
    private final List<Picture> pictures = new ArrayList<>();
    private long reportOff;

    /** Whether the first report came after the origin, which it cannot move any more. */
    private boolean late;

    Model(Fault fault, int seed) {
      this.fault = fault;
      random = new Random(seed * 31L + List.of(Fault.values()).indexOf(fault));
      reportRandom = new Random(seed);
      picturesPerSecond = List.of(5, 10, 15, 25, 30).get(random.nextInt(5));
      group = picturesPerSecond * (1 + random.nextInt(2));
      jitterMillis = random.nextInt(25);
      faultNanos =
          fault == Fault.BACKLOG || fault.hasPromptReports() || random.nextInt(3) == 0
              ? 0
              : 20 * SECOND;
      rate = Math.exp((random.nextDouble() - 0.5) * 2 * Math.log(10));
      jump =
          ((long) (Math.exp(random.nextDouble() * 10) * 90_000)) * (random.nextBoolean() ? 1 : -1);
      frozenNanos = (long) (random.nextDouble() * 40 * SECOND);
      drain = List.of(2, 4, 10, 1000).get(random.nextInt(4));
      holdBytes = List.of(100, 1000, 100_000).get(random.nextInt(3));
      Reports drawn = List.of(Reports.values()).get(random.nextInt(4));
      reports = fault.hasPromptReports() ? Reports.PROMPT : drawn;
      origin = random.nextInt() & 0xffffffffL;
      make();
      boolean soon = !fault.hasPromptReports() || reportRandom.nextInt(3) > 0;
      firstReport = soon ? 3 : between(4, 2 * picturesPerSecond);
      latencyNanos = fault == Fault.STEADY_LATENCY ? between(300, 20_000) * MILLI : 0;
      wrong = List.of(WrongTimestamp.values()).get(reportRandom.nextInt(5));
      reportRate = List.of(1, 8, 16, 44.1, 48).get(reportRandom.nextInt(5)).doubleValue() / 90;
      reportOff =
          switch (wrong) {
            case BEHIND -> -between(600, 90_000);
            case FAR_AHEAD -> between(91_000, 1_000_000);
            default -> between(-90_000, 90_000);
          };
    }

    private long between(int from, int to) {
      return (long) from + reportRandom.nextInt(to - from);
    }

    /** Returns when a picture arrives. */
    long arrived(Picture picture) {
      return picture.arrived + latencyNanos;
    }

    /** Returns the timestamp of a report that is sent when a picture arrives. */
    long reportedTimestamp(Picture picture) {
      if (reports != Reports.PROMPT) {
        return picture.timestamp;
      }
      long ticks = Math.round(arrived(picture) * 9e-5);
      if (fault != Fault.WRONG_REPORTS) {
        return origin + ticks;
      }
      return switch (wrong) {
        case ANY -> {
          long last = reportOff;
          while (Math.abs(reportOff - last) < 1000) {
            reportOff = between(-90_000, 90_000);
          }
          yield origin + ticks + reportOff * 90;
        }
        case CONSTANT -> origin + reportOff * 90;
        case BEHIND, FAR_AHEAD -> origin + ticks + reportOff * 90;
        case RATE -> origin + reportOff * 90 + Math.round(ticks * reportRate);
      };
    }

    /** Returns the time of day of a sender report that belongs to a picture, after the start. */
    long reported(Picture picture) {
      return switch (reports) {
        case NONE, TRUE -> picture.captured;
        case PROMPT -> arrived(picture);
        case WITH_TIMESTAMPS -> (picture.timestamp - pictures.get(0).timestamp) * 100_000 / 9;
        case RANDOM -> random.nextInt(1_000_000) * SECOND;
      };
    }

    private void make() {
      int count = (int) (picturesPerSecond * (faultNanos / SECOND + AFTER_SECONDS));
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
        case FROZEN_LINK, BACKLOG, REPORTED_BACKLOG ->
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
        case FROZEN_LINK, BACKLOG, STEADY_LATENCY, WRONG_REPORTS, REPORTED_BACKLOG -> right;
      };
    }

    /** Returns whether UTC may be wrong: the fault has come and cannot be known yet. */
    boolean isExcused(Picture picture) {
      long known =
          switch (fault) {
            case RATE, SET, CONSTANT, RANDOM, STEADY_LATENCY, WRONG_REPORTS -> 10 * SECOND;
            case TWO_LINES, NEAR_LINES, NOISE -> 20 * SECOND;
            case FROZEN_LINK, BACKLOG, REPORTED_BACKLOG ->
                frozenNanos * drain / (drain - 1) + 12 * SECOND;
          };
      return picture.captured >= faultNanos && picture.arrived < faultNanos + known;
    }

    /** Returns whether a report that was sent at once was there when the origin was fixed. */
    boolean isReportedInTime() {
      return reports == Reports.PROMPT && !late;
    }

    /** Returns whether UTC stays late, because it cannot go back: the stated error says so. */
    boolean isLatencyReportedLate() {
      return fault == Fault.STEADY_LATENCY && late;
    }

    @Override
    public String toString() {
      return ("%s from %.0f s, rate %.3f, jump %.1f s, frozen %.1f s, %d per second, groups of %d,"
              + " jitter %d ms, drain %d, hold %d, reports %s, latency %d ms, reports wrong by"
              + " %s, late %s")
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
              reports,
              latencyNanos / MILLI,
              wrong,
              late);
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
        camera.nanoTime = start + model.arrived(picture);
        camera.picture(picture.timestamp, i % model.group == 0);
        if (model.reports != Reports.NONE
            && i % (5 * model.picturesPerSecond) == model.firstReport) {
          model.late |= i == model.firstReport && !camera.output.samples.isEmpty();
          camera.receiver.rtcp(
              0,
              TestCamera.senderReport(
                  camera.ssrc,
                  startUtc + model.reported(picture),
                  model.reportedTimestamp(picture)),
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
      long error = Math.abs(utc - startUtc - picture.captured);
      long stated = camera.output.errors.get(i);
      boolean excused = model.isExcused(picture);
      boolean wrong = error > stated && (!excused || model.isReportedInTime());
      boolean vague = stated > SECOND / 2 && !excused && !model.isLatencyReportedLate();
      if (wrong || vague) {
        throw new AssertionError(
            "picture %d is %d ns off, stated are %d: %s".formatted(i, error, stated, model));
      }
      if (i > 0 && utc <= samples.get(i - 1).utcNanos()) {
        throw new AssertionError("picture %d goes back: %s".formatted(i, model));
      }
    }
    if (model.isReportedInTime() || RIGHT_CLOCKS.contains(model.fault)) {
      assertThat(camera.receiver.statistics().deviations())
          .as(model.toString())
          .extracting(SeenDeviation::deviation)
          .doesNotContain(Deviation.RTP_CLOCK_WRONG);
    }
    if (model.fault == Fault.STEADY_LATENCY) {
      assertThat(camera.output.opened).as(model.toString()).isEmpty();
    }
    for (Gap gap : camera.output.closed) {
      assertThat(gap.end().orElseThrow()).as(model.toString()).isAfterOrEqualTo(gap.start());
    }
  }
}
