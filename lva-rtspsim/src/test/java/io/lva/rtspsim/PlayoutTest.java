package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlayoutTest {
  private static final long MILLI = 1_000_000;
  private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

  private final Faults faults = new Faults();
  private final SimulatorCounters counters = new SimulatorCounters();
  private final RecordingOutput output = new RecordingOutput();
  private long utcNanos = Contexts.UTC_NANOS;
  private final PatternSource source =
      new PatternSource(() -> utcNanos, 1, PatternEncoder.GROUP_FRAMES);

  @Test
  void advance_pattern_beginsWithTheNextGroupAndKeepsPace() {
    Playout playout = playout(true, false);

    run(playout, 700 - 10);
    assertThat(output.media).isEmpty();
    run(playout, 1010);

    assertThat(output.media.get(0).nalUnitType()).isEqualTo(7);
    assertThat(output.timestamps()).hasSize(26);
    assertSteps(output.timestamps(), 3600);
  }

  @Test
  void advance_burst_beginsWithTheNewestGroupAtOnce() {
    Playout playout = playout(true, true);

    run(playout, 0);

    assertThat(output.media.get(0).nalUnitType()).isEqualTo(7);
    assertThat(output.timestamps()).hasSize(33);
  }

  @Test
  void advance_asFastAsPossible_goesOnWhileTheClientTakesIt() {
    Playout playout = playout(false, false);

    assertThat(playout.advance(utcNanos, Long.MAX_VALUE)).isEqualTo(Playout.Outcome.MORE);
    output.ready = false;
    assertThat(playout.advance(utcNanos, Long.MAX_VALUE)).isEqualTo(Playout.Outcome.WAITING);

    assertThat(output.timestamps()).hasSize(64);
    assertThat(counters.snapshot().droppedUnits()).isZero();
  }

  @Test
  void report_everyFiveSeconds_mapsTimestampsToTheCaptureTime() {
    Playout playout = playout(true, true);
    playout.report(utcNanos);
    run(playout, 11_000);

    assertThat(output.reports).hasSize(3);
    for (ByteBuf report : output.reports) {
      long utcOfFirst = utcMillis(report, output.timestamps().get(0));
      assertThat(utcOfFirst).isEqualTo(Contexts.UTC_NANOS / MILLI / 2000 * 2000);
    }
    assertThat(output.reports.get(1).getUnsignedInt(20)).isPositive();
  }

  @Test
  void advance_slowClient_losesTheRestOfTheGroupOnly() {
    Playout playout = playout(true, true);
    run(playout, 100);
    output.ready = false;
    run(playout, 100);
    output.ready = true;
    int before = output.media.size();
    run(playout, 2000);

    assertThat(output.media.get(before).nalUnitType()).isEqualTo(7);
    assertThat(counters.snapshot().droppedUnits()).isPositive();
    assertSequenceWithoutHole();
  }

  @Test
  void advance_clientThatTakesNothing_isGivenUp() {
    Playout playout = playout(true, true);
    output.ready = false;
    Playout.Outcome outcome = Playout.Outcome.WAITING;
    for (int i = 0; i < 22; i++) {
      utcNanos += 1000 * MILLI;
      outcome = playout.advance(utcNanos, Long.MAX_VALUE);
    }

    assertThat(outcome).isEqualTo(Playout.Outcome.STALLED);
  }

  @Test
  void freeze_onAndOff_goesOnWithASyncPicture() {
    Playout playout = playout(true, true);
    run(playout, 100);
    faults.freeze(true);
    int before = output.media.size();
    run(playout, 10_000);
    assertThat(output.media).hasSize(before);
    faults.freeze(false);
    run(playout, 2000);

    assertThat(output.media.get(before).nalUnitType()).isEqualTo(7);
  }

  @Test
  void packetLoss_sameSeed_losesTheSamePackets() {
    faults.packetLoss(0.1);
    run(playout(true, true), 10_000);
    List<Integer> first = sequences();
    output.media.clear();
    utcNanos = Contexts.UTC_NANOS;
    run(playout(true, true), 10_000);

    assertThat(sequences()).isEqualTo(first);
    int sent = first.get(first.size() - 1) - first.get(0) + 1 & 0xffff;
    assertThat((double) first.size() / sent).isBetween(0.85, 0.95);
  }

  @Test
  void duplicates_all_sendsEveryPacketTwice() {
    faults.duplicates(1);
    run(playout(true, true), 100);

    for (int i = 0; i < output.media.size(); i += 2) {
      assertThat(output.media.get(i).bytes()).isEqualTo(output.media.get(i + 1).bytes());
    }
  }

  @Test
  void clockDrift_switchedOnLater_changesPaceWithoutAJump() {
    Playout playout = playout(true, true);
    run(playout, 1000);
    int before = output.timestamps().size();
    faults.clockDrift(10_000);
    run(playout, 1000);
    List<Long> timestamps = output.timestamps();

    assertSteps(timestamps.subList(0, before), 3600);
    assertThat(step(timestamps, before)).isBetween(3600L, 3636L);
    assertSteps(timestamps.subList(before, timestamps.size()), 3636);
  }

  @Test
  void timestampJump_onceAndBack_addsUp() {
    Playout playout = playout(true, true);
    run(playout, 100);
    int before = output.timestamps().size();
    faults.timestampJump(Duration.ofHours(1));
    run(playout, 40);
    faults.timestampJump(Duration.ofHours(-1));
    run(playout, 40);
    List<Long> timestamps = output.timestamps();

    assertThat(step(timestamps, before)).isEqualTo(3600 + 3600 * 90_000);
    assertThat(step(timestamps, before + 1)).isEqualTo((3600 - 3600 * 90_000) & 0xffffffffL);
  }

  @Test
  void senderReports_wrongOrOff_followTheSwitches() {
    Playout playout = playout(true, true);
    faults.senderReportOffset(Duration.ofHours(-1));
    playout.report(utcNanos);
    faults.senderReports(false);
    playout.report(utcNanos);

    assertThat(output.reports).hasSize(1);
    assertThat(output.reports.get(0).getUnsignedInt(8))
        .isEqualTo(Contexts.UTC_NANOS / 1_000_000_000 - 3600 + NTP_EPOCH_SECONDS);
  }

  @Test
  void changeScale_whilePlaying_takesEffectWithTheNextGroup() {
    Playout playout = playout(true, true);
    run(playout, 100);
    source.changeScale(2, utcNanos);
    run(playout, 2000);

    List<Integer> spsBytes =
        output.media.stream()
            .filter(packet -> packet.nalUnitType() == 7)
            .map(packet -> packet.bytes().getUnsignedShort(13))
            .toList();
    assertThat(spsBytes).hasSize(2);
    assertThat(spsBytes.get(1)).isNotEqualTo(spsBytes.get(0));
    assertThat(source.parameters().width()).isEqualTo(1280);
  }

  private Playout playout(boolean paced, boolean burst) {
    MediaSource.Start start = source.start(utcNanos, burst);
    RtpStream stream =
        new RtpStream(
            output,
            faults,
            counters,
            new SplittableRandom(7),
            0,
            source.clockRate(),
            source.decodeTicks(source.indexFrom(0)));
    return new Playout(source, start, stream, faults, counters, paced);
  }

  /** Lets time pass in steps of 10 ms. */
  private void run(Playout playout, int millis) {
    for (int i = 0; i <= millis; i += 10) {
      assertThat(playout.advance(utcNanos, Long.MAX_VALUE)).isEqualTo(Playout.Outcome.WAITING);
      utcNanos += i < millis ? 10 * MILLI : 0;
    }
  }

  private static long utcMillis(ByteBuf report, long timestamp) {
    long seconds = report.getUnsignedInt(8) - NTP_EPOCH_SECONDS;
    long nanos = (report.getUnsignedInt(12) * 1_000_000_000L) >>> 32;
    int ticks = (int) (timestamp - report.getUnsignedInt(16));
    return Math.round(seconds * 1000 + nanos / 1e6 + ticks / 90.0);
  }

  private List<Integer> sequences() {
    return output.media.stream().map(RecordingOutput.Packet::sequence).toList();
  }

  private void assertSequenceWithoutHole() {
    List<Integer> sequences = sequences();
    for (int i = 1; i < sequences.size(); i++) {
      assertThat(sequences.get(i)).isEqualTo(sequences.get(i - 1) + 1 & 0xffff);
    }
  }

  private static void assertSteps(List<Long> timestamps, long ticks) {
    for (int i = 1; i < timestamps.size(); i++) {
      assertThat(step(timestamps, i)).isEqualTo(ticks);
    }
  }

  private static long step(List<Long> timestamps, int index) {
    return timestamps.get(index) - timestamps.get(index - 1) & 0xffffffffL;
  }
}
