package io.lva.rtsp.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.lva.media.CodecParameters;
import io.lva.media.GapCause;
import io.lva.media.MediaType;
import io.lva.media.SlabPool;
import io.lva.rtp.Deviations;
import io.lva.rtp.payload.AccessUnit;
import io.lva.rtp.payload.Depacketizer;
import io.lva.rtp.payload.PayloadFormats;
import io.lva.rtp.payload.PayloadLimits;
import io.lva.rtp.payload.TrackFormat;
import io.lva.rtsp.Deviation;
import io.lva.rtsp.RtspUrl;
import io.lva.rtsp.message.RtpInfo;
import io.lva.rtsp.message.RtspHeaders;
import io.lva.rtsp.message.RtspLimits;
import io.lva.rtsp.message.RtspMessageParser;
import io.lva.rtsp.message.RtspResponse;
import io.lva.rtsp.message.SessionHeader;
import io.lva.rtsp.message.TransportHeader;
import io.lva.sdp.MediaDescription;
import io.lva.sdp.RtpMap;
import io.lva.sdp.SessionDescription;
import io.lva.testkit.SharedData;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made of the descriptions and responses of real cameras: one row each in a table. */
class CameraTableTest {
  private static final RtspUrl URL = RtspUrl.parse("rtsp://cam/live");
  private static final SlabPool SLABS = SlabPool.ofBytes(1 << 20);

  /**
   * A row of the table.
   *
   * @param file its folder and name
   * @param found what is made of it
   */
  record Row(String file, String found) {
    @Override
    public String toString() {
      return file;
    }
  }

  static List<Row> rows() {
    try (InputStream in =
        Objects.requireNonNull(CameraTableTest.class.getResourceAsStream("cameras.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 2))
          .map(cells -> new Row(cells[0].strip(), cells[1].strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files() {
    return Stream.of("testdata/rtsp-responses", "testdata/sdp")
        .flatMap(folder -> SharedData.files(folder).stream())
        .filter(file -> file.toString().matches(".*\\.(txt|sdp)"))
        .sorted()
        .toList();
  }

  static String name(Path file) {
    return requireNonNull(file.getParent()).getFileName() + "/" + file.getFileName();
  }

  @Test
  void table_hasARowForEachFile() {
    assertThat(rows())
        .extracting(Row::file)
        .containsExactlyInAnyOrderElementsOf(files().stream().map(CameraTableTest::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void read_fileOfACamera_isWhatTheTableSays(Row row) {
    SharedData.path("testdata/sdp");
    assertThat(read(row.file())).isEqualTo(row.found());
  }

  /** Returns in one line what the parsers make of a file. */
  static String read(String file) {
    byte[] bytes = SharedData.bytes("testdata/" + file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("RTSP/")) {
      return description(SessionDescription.parse(text, new Deviations()), RtspHeaders.empty());
    }
    RtspMessageParser parser = new RtspMessageParser(RtspLimits.DEFAULT, new Deviations());
    RtspResponse response =
        (RtspResponse) parser.parse(Unpooled.wrappedBuffer(bytes)).orElseThrow();
    return response.bodyText().isBlank()
        ? response(response)
        : description(
            SessionDescription.parse(response.bodyText(), new Deviations()), response.headers());
  }

  private static String response(RtspResponse response) {
    List<String> found = new ArrayList<>();
    found.add(Integer.toString(response.status()));
    response
        .header("Session")
        .flatMap(SessionHeader::parse)
        .ifPresent(session -> found.add("session " + session.id()));
    response
        .header("Transport")
        .flatMap(field -> TransportHeader.parse(field).stream().findFirst())
        .flatMap(TransportHeader::channels)
        .ifPresent(channels -> found.add("channels " + channels.rtp() + "-" + channels.rtcp()));
    for (String field : response.headers().all("RTP-Info")) {
      for (RtpInfo info : RtpInfo.parse(field)) {
        found.add("plays " + info.url());
      }
    }
    return String.join(", ", found);
  }

  private static String description(SessionDescription description, RtspHeaders headers) {
    ControlUrls urls = ControlUrls.of(URL, headers, new Deviations());
    List<TrackSetup> chosen = TrackSetup.choose(description, urls, Set.of(MediaType.values()));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < description.media().size(); i++) {
      int track = i;
      Optional<TrackSetup> setup =
          chosen.stream().filter(each -> each.track() == track).findFirst();
      MediaDescription media = description.media().get(i);
      found.add(setup.map(CameraTableTest::received).orElseGet(() -> leftOut(media)));
    }
    return found.isEmpty() ? "nothing" : String.join(", ", found);
  }

  private static String received(TrackSetup setup) {
    TrackFormat format = setup.format(OptionalLong.empty());
    Optional<CodecParameters> parameters =
        PayloadFormats.receiving(format)
            .orElseThrow()
            .depacketizer(format, SLABS, new PayloadLimits(1 << 20, 100), new Ignored())
            .described();
    return format.encoding()
        + "/"
        + format.clockRate()
        + parameters.map(known -> " " + known.codec()).orElse("");
  }

  private static String leftOut(MediaDescription media) {
    String encoding =
        media.payloadTypes().stream()
            .findFirst()
            .flatMap(media::rtpMap)
            .map(RtpMap::encoding)
            .orElse("unknown");
    return "no " + media.type() + " " + encoding;
  }

  private static final class Ignored implements Depacketizer.Output {
    @Override
    public void accessUnit(AccessUnit unit) {}

    @Override
    public void missing(GapCause cause) {}

    @Override
    public void dropped() {}

    @Override
    public void note(Deviation deviation, String evidence, long first, long second) {}
  }

  /** Prints the table as it is now; a change is to be looked at line by line. */
  public static void main(String[] arguments) {
    System.out.println("# What is made of each file: codec of what is received, 'no' what is not");
    files().forEach(file -> System.out.println(name(file) + " | " + read(name(file))));
  }
}
