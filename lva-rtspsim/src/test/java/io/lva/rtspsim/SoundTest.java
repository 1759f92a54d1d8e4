package io.lva.rtspsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoundTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final byte SILENCE = (byte) 0xff;

  private final Contexts.ManualClock clock = new Contexts.ManualClock();
  private final SimulatorContext context = Contexts.pattern(clock, new Faults(), true);

  @Test
  void muLaw_extremesAndZero_areThoseOfTheStandard() {
    assertThat(BeepTrack.muLaw(0)).isEqualTo((byte) 0xff);
    assertThat(BeepTrack.muLaw(32_767)).isEqualTo((byte) 0x80);
    assertThat(BeepTrack.muLaw(-32_768)).isEqualTo((byte) 0x00);
    assertThat(BeepTrack.muLaw(1000)).isEqualTo((byte) 0xce);
  }

  /** The sender reports of sound and pictures tell one time: the beep begins with the second. */
  @Test
  void advance_patternWithSound_beepsAsEachSecondBegins() {
    RecordingOutput pictures = new RecordingOutput();
    RecordingOutput sound = new RecordingOutput();
    ServerSession session = play(pictures, sound);
    run(session, 5000);

    ByteBuf report = sound.reports.get(0);
    List<Long> beginnings =
        sound.media.stream()
            .filter(packet -> isBeep(packet) && !isBeep(before(sound, packet)))
            .map(packet -> utcMillis(report, packet.timestamp(), BeepTrack.CLOCK_RATE))
            .toList();
    assertThat(beginnings).hasSizeGreaterThanOrEqualTo(5);
    assertThat(beginnings).allMatch(millis -> millis % 1000 == 0);

    long firstPicture =
        utcMillis(pictures.reports.get(0), pictures.media.get(0).timestamp(), 90_000);
    long firstSound = utcMillis(report, sound.media.get(0).timestamp(), BeepTrack.CLOCK_RATE);
    assertThat(firstPicture % 2000).isZero();
    assertThat(firstSound).isEqualTo(firstPicture);
  }

  @Test
  void resume_afterAPause_keepsSoundAndPicturesTogether() {
    RecordingOutput pictures = new RecordingOutput();
    RecordingOutput sound = new RecordingOutput();
    ServerSession session = play(pictures, sound);
    run(session, 1000);
    int before = sound.media.size();
    clock.advance(Duration.ofSeconds(10));
    session.resume(context.clock().utcNanos(), true);
    int picturesBefore = pictures.media.size();
    run(session, 100);

    long picture =
        utcMillis(last(pictures.reports), pictures.media.get(picturesBefore).timestamp(), 90_000);
    long heard = utcMillis(last(sound.reports), sound.media.get(before).timestamp(), 8000);
    assertThat(heard).isEqualTo(picture);
  }

  private ServerSession play(RecordingOutput pictures, RecordingOutput sound) {
    MediaSource source =
        java.util.Objects.requireNonNull(context.sources().get("/pattern-with-sound"));
    ServerSession session = new ServerSession("1", source, "rtsp://host/pattern-with-sound");
    MediaSource.Start start = source.start(context.clock().utcNanos(), true);
    session.playouts().put(0, playout(source.tracks().get(0), start, pictures, 0));
    session.playouts().put(1, playout(source.tracks().get(1), start, sound, 1));
    session.play();
    session.report(context.clock().utcNanos());
    return session;
  }

  private Playout playout(
      MediaTrack track, MediaSource.Start start, RecordingOutput output, int number) {
    RtpStream stream =
        new RtpStream(
            output,
            context.faults(),
            context.counters(),
            new SplittableRandom(number),
            number,
            track.clockRate(),
            0);
    return new Playout(track, start, stream, context.faults(), context.counters(), true);
  }

  private void run(ServerSession session, int millis) {
    for (int i = 0; i < millis; i += 10) {
      assertThat(session.advance(context.clock().utcNanos())).containsOnly(Playout.Outcome.WAITING);
      clock.advance(Duration.ofMillis(10));
    }
  }

  private static RecordingOutput.Packet before(
      RecordingOutput output, RecordingOutput.Packet packet) {
    int index = output.media.indexOf(packet);
    return output.media.get(Math.max(0, index - 1));
  }

  private static boolean isBeep(RecordingOutput.Packet packet) {
    for (int i = 12; i < packet.bytes().writerIndex(); i++) {
      if (packet.bytes().getByte(i) != SILENCE) {
        return true;
      }
    }
    return false;
  }

  private static ByteBuf last(List<ByteBuf> reports) {
    return reports.get(reports.size() - 1);
  }

  /** Returns what the sender report says about a timestamp, in milliseconds of UTC. */
  private static long utcMillis(ByteBuf report, long timestamp, int clockRate) {
    long seconds = report.getUnsignedInt(8) - 2_208_988_800L;
    long nanos = (report.getUnsignedInt(12) * SECOND) >>> 32;
    int ticks = (int) (timestamp - report.getUnsignedInt(16));
    return Math.round(seconds * 1000 + nanos / 1e6 + ticks * 1000.0 / clockRate);
  }
}
