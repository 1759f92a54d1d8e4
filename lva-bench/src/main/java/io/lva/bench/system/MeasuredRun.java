package io.lva.bench.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures one recorder.
 *
 * <p>Confined to its thread.
 */
final class MeasuredRun {
  /** The time after the measurement within which its last frames are recorded. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  private final Plan plan;
  private final Recorder recorder;
  private final Lags lags = new Lags();
  private final Lags liveLags = new Lags();
  private final List<Thread> observers = new ArrayList<>();

  /** The state of everything at one moment. */
  private record Moment(
      long nanoTime,
      ProcessUsage usage,
      ProcessUsage sender,
      FarmReport sent,
      Map<String, Long> counters,
      int pauses) {}

  private MeasuredRun(Plan plan, Recorder recorder) {
    this.plan = plan;
    this.recorder = recorder;
  }

  /** Records, measures and checks what was recorded. */
  static Result run(Plan plan, Recorder recorder) throws IOException, InterruptedException {
    return new MeasuredRun(plan, recorder).run();
  }

  private Result run() throws IOException, InterruptedException {
    try (MemoryFiller filler = plan.memory().fill();
        FarmProcess farm = FarmProcess.start(plan.clip(), plan.fullSpeed())) {
      Load load =
          new Load(
              farm.cameras(plan.cameras()), plan.folder(), plan.fullSpeed(), plan.viewers() > 0);
      try (Recorder.Session session = recorder.start(load)) {
        start(new MemoryPace(filler, session));
        observe(load, session);
        farm.playFor(plan.warmUp());
        lags.begin();
        liveLags.begin();
        Moment begin = moment(farm, session);
        farm.playFor(plan.measured());
        Moment end = moment(farm, session);
        List<Double> pauses = session.pauseMillis();
        finish();
        check(filler);
        farm.playFor(ON_THE_WAY);
        session.stop();
        return result(session, begin, end, pauses.subList(begin.pauses, end.pauses));
      } finally {
        finish();
      }
    }
  }

  private void observe(Load load, Recorder.Session session) {
    List<Path> followed = new ArrayList<>();
    for (int i = 0; i < plan.followed(); i++) {
      followed.add(load.folder(plan.spread(i, plan.followed())));
    }
    start(new FileFollower(followed, lags));
    for (int i = 0; i < plan.viewers(); i++) {
      session
          .playlist(plan.spread(i % plan.cameras(), Math.min(plan.viewers(), plan.cameras())))
          .ifPresent(playlist -> start(new LiveViewer(playlist, liveLags)));
    }
  }

  private void start(Runnable observer) {
    Thread thread = new Thread(observer, "observer");
    thread.setDaemon(true);
    thread.start();
    observers.add(thread);
  }

  private void finish() throws InterruptedException {
    for (Thread observer : observers) {
      observer.interrupt();
      observer.join(TimeUnit.SECONDS.toMillis(5));
    }
    observers.clear();
  }

  private void check(MemoryFiller filler) throws IOException {
    if (plan.memory().bytes() > 0 && filler.heldBytes() == 0) {
      throw new IOException(
          "%s wrote more than %d MiB, the last of it to memory that may have been free; "
                  .formatted(recorder.name(), plan.memory().bytes() >> 20)
              + "measure a shorter time, or with --memory free");
    }
  }

  private static Moment moment(FarmProcess farm, Recorder.Session session) throws IOException {
    return new Moment(
        System.nanoTime(),
        ProcessUsage.of(session.processes()),
        ProcessUsage.of(List.of(farm.pid())),
        farm.report(),
        session.counters(),
        session.pauseMillis().size());
  }

  private Result result(Recorder.Session session, Moment begin, Moment end, List<Double> pauses)
      throws IOException {
    List<String> incomplete = new ArrayList<>();
    for (int camera = 1; camera <= plan.cameras(); camera++) {
      RecordedFrames frames = RecordedFrames.read(plan.folder().resolve(Load.name(camera)));
      String name = "camera " + camera + ": ";
      frames.flaw(begin.nanoTime, end.nanoTime).ifPresent(flaw -> incomplete.add(name + flaw));
    }
    return new Result(
        recorder.name(),
        plan,
        (end.nanoTime - begin.nanoTime) / 1e9,
        end.usage.since(begin.usage),
        session.idleBytes(),
        end.sender.since(begin.sender),
        end.sent.since(begin.sent),
        lags.quantiles(),
        liveLags.quantiles(),
        Quantiles.of(pauses),
        difference(begin.counters, end.counters),
        incomplete,
        session.verify());
  }

  private static Map<String, Long> difference(Map<String, Long> begin, Map<String, Long> end) {
    Map<String, Long> difference = new HashMap<>();
    end.forEach((name, value) -> difference.put(name, value - begin.getOrDefault(name, 0L)));
    return difference;
  }
}
