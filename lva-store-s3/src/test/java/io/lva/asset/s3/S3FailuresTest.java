package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.s3.Answers.Answer;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.testkit.Azurite;
import io.lva.testkit.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** What the store says of answers that the judges do not give. */
class S3FailuresTest {
  private static final Answer EMPTY_LISTING = Answer.listing("");
  private static final Answer TAKEN = Answer.error(412, "PreconditionFailed");

  private static S3Options.Builder at(URI endpoint) {
    return S3Options.builder("videos").endpoint(endpoint).credentials(Access.credentials());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | InvalidAccessKeyId    | credentials are refused (403 InvalidAccessKeyId); check
          403 | SignatureDoesNotMatch | check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
          403 | AccessDenied          | lack the permission; grant s3:ListBucket, s3:GetObject
          403 | RequestTimeTooSkewed  | the clock of this host is wrong (403 RequestTimeTooSkewed); set
          400 | ExpiredToken          | the session of the credentials has ended (400 ExpiredToken); renew
          404 | NoSuchBucket          | bucket 'videos' does not exist; create it, or correct its name
          301 | PermanentRedirect     | in another region (301 PermanentRedirect); set AWS_REGION to its region
          501 | NotImplemented        | the service does not implement it (501 NotImplemented)
          """)
  void connect_refused_isOneLineThatSaysWhatToDo(int status, String code, String expected)
      throws IOException {
    try (Answers service = new Answers(Answer.error(status, code))) {
      assertThatThrownBy(() -> S3Store.connect(at(service.endpoint()).build()))
          .isInstanceOf(StoreAccessException.class)
          .hasMessageContaining(expected)
          .hasMessageNotContaining(S3Server.secret())
          .hasNoCause()
          .message()
          .hasLineCount(1);
      // The library corrects its clock and asks again.
      assertThat(service.requests()).hasSize(code.equals("RequestTimeTooSkewed") ? 4 : 1);
    }
  }

  @Test
  void connect_otherRegion_isNamed() throws IOException {
    Answer moved =
        Answer.error(
            400, "AuthorizationHeaderMalformed", Map.of("x-amz-bucket-region", "eu-north-1"));
    try (Answers service = new Answers(moved)) {
      assertThatThrownBy(() -> S3Store.connect(at(service.endpoint()).build()))
          .isInstanceOf(StoreAccessException.class)
          .hasMessageEndingWith("set AWS_REGION to eu-north-1");
    }
  }

  @Test
  void connect_noCredentials_saysWhatToSet() throws IOException {
    try (Answers service = new Answers(EMPTY_LISTING)) {
      S3Options options =
          at(service.endpoint())
              .credentials(
                  AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
              .build();

      assertThatThrownBy(() -> S3Store.connect(options))
          .isInstanceOf(StoreAccessException.class)
          .hasMessageStartingWith("no credentials for bucket 'videos': set AWS_ACCESS_KEY_ID");
      assertThat(service.requests()).isEmpty();
    }
  }

  @Test
  void connect_serviceIsBusy_opensAndSmallRequestsAreRepeated() throws IOException {
    Answer busy = Answer.error(503, "SlowDown");
    try (Answers service = new Answers(busy);
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      assertThat(service.requests()).hasSize(1);

      assertThatThrownBy(() -> store.size("door/a"))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StoreAccessException.class)
          .hasMessage("cannot read 'door/a' in bucket 'videos': the service answers 503");
      assertThat(service.requests()).hasSize(5);
      assertThatThrownBy(() -> store.putIfAbsent("door/a", ByteSource.of(bytes("a"))))
          .hasMessage("cannot write 'door/a' in bucket 'videos': the service answers 503 SlowDown");
      assertThat(service.requests()).hasSize(6);
    }
  }

  @Test
  void put_anotherWriterAtThatMoment_isRepeatedUntilItIsClear() throws IOException {
    Answer race = Answer.error(409, "ConditionalRequestConflict");
    Answer lost = Answer.error(412, "PreconditionFailed");
    try (Answers service =
            new Answers(
                EMPTY_LISTING,
                race,
                Answer.stored("\"1\""),
                race,
                lost,
                race,
                lost,
                Answer.error(404, "NoSuchKey"),
                race);
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      assertThat(store.putIfAbsent("a", ByteSource.of(bytes("a")))).isTrue();
      assertThat(store.putIfAbsent("a", ByteSource.of(bytes("a")))).isFalse();
      assertThat(store.replaceIf("a", bytes("b"), new Version("\"0\""))).isEmpty();
      assertThatThrownBy(() -> store.replaceIf("a", bytes("b"), new Version("\"1\"")))
          .hasMessageEndingWith("others are writing it at the same time");
    }
  }

  /** The repeated write meets the first one, whose answer did not arrive. */
  @Test
  void replace_answerIsLost_recognizesItsOwnContent() throws IOException {
    Answer taken = Answer.error(412, "PreconditionFailed");
    Answer mine = new Answer(200, "mine", Map.of("ETag", "\"1\""));
    Answer other = new Answer(200, "else", Map.of("ETag", "\"2\""));
    try (Answers service =
            new Answers(
                EMPTY_LISTING, Answer.LOST, taken, mine, mine, Answer.LOST, taken, other, other);
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      assertThat(store.replaceIf("a", bytes("mine"), Version.ABSENT))
          .contains(new Version("\"1\""));
      assertThat(store.replaceIf("a", bytes("mine"), Version.ABSENT)).isEmpty();
    }
  }

  @Test
  void put_connectionBreaks_isRepeated() throws IOException {
    try (Answers service = new Answers(EMPTY_LISTING, Answer.LOST, Answer.stored("\"1\""));
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      assertThat(store.putIfAbsent("a", ByteSource.of(bytes("a")))).isTrue();
      assertThat(service.requests())
          .containsExactly("GET /videos", "PUT /videos/a", "PUT /videos/a");
    }
  }

  /** Two puts-if-absent of one object, or the replacement of a version that it never had. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lock_serviceIgnoresACondition_isRefusedAndLeavesNothing(boolean putsOnce)
      throws IOException {
    Answer stored = Answer.stored("\"1\"");
    Answer gone = new Answer(204, "", Map.of());
    try (Answers service =
            putsOnce
                ? new Answers(EMPTY_LISTING, stored, TAKEN, stored, gone)
                : new Answers(EMPTY_LISTING, stored, stored, gone);
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(StoreAccessException.class)
          .hasMessageContaining("ignores the condition of a write (If-None-Match or If-Match)");
      List<String> expected = new ArrayList<>(List.of("GET /videos"));
      expected.addAll(Collections.nCopies(putsOnce ? 3 : 2, "PUT /videos/asset.condition"));
      expected.add("DELETE /videos/asset.condition");
      assertThat(service.requests()).isEqualTo(expected);
    }
  }

  /** Another recorder asks at the same time: it must find its own probe. */
  @Test
  void lock_probeIsThere_showsTheConditionAndStays() throws IOException {
    try (Answers service =
            new Answers(
                EMPTY_LISTING,
                TAKEN,
                TAKEN,
                Answer.error(404, "NoSuchKey"),
                Answer.stored("\"1\""));
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      store.lock("door", "door", "test").close();

      assertThat(service.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }
  }

  @Test
  void lock_probeCannotBeDeleted_isTakenAllTheSame() throws IOException {
    try (Answers service =
            new Answers(
                EMPTY_LISTING,
                Answer.stored("\"1\""),
                TAKEN,
                TAKEN,
                Answer.error(403, "AccessDenied"),
                Answer.error(404, "NoSuchKey"),
                Answer.stored("\"2\""));
        S3Store store = S3Store.connect(at(service.endpoint()).build())) {
      store.lock("door", "door", "test").close();

      assertThat(service.requests()).contains("DELETE /videos/asset.condition");
    }
  }

  /** A recorder that starts while the service is away needs the store to be open. */
  @Test
  void connect_nobodyListens_opensAndEachCallSaysSo() throws IOException {
    int port = Azurite.freePort();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    try (S3Store store = S3Store.connect(at(endpoint).build())) {
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StoreAccessException.class)
          .hasMessage(
              "cannot write 'asset.condition' in bucket 'videos': the service cannot be reached;"
                  + " check the address and the network");
      try (S3Server late = S3Server.mock(port, "videos")) {
        assertThat(late.endpoint()).isEqualTo(endpoint);
        store.lock("door", "door", "test").close();
      }
    }
  }

  /** Its buffers are full, and nothing that is sent is taken any more. */
  @Test
  @Timeout(60)
  void replace_serviceIsFrozen_endsWithinItsTime() throws IOException {
    try (ServerSocket frozen = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      URI endpoint = URI.create("http://127.0.0.1:" + frozen.getLocalPort());
      long began = System.nanoTime();
      try (S3Store store =
          S3Store.connect(at(endpoint).requestTimeout(Duration.ofSeconds(1)).build())) {
        ByteBuffer large = ByteBuffer.allocate(16 << 20);
        assertThatThrownBy(() -> store.replaceIf("door/a", large, Version.ABSENT))
            .isInstanceOf(IOException.class)
            .hasMessageEndingWith("the service does not answer in time");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }
  }
}
