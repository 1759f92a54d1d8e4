package io.lva.asset.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lva.asset.s3.Answers.Answer;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreAccessException;
import io.lva.fmp4.ByteSource;
import io.lva.testkit.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3StoreTest {
  private static final String BUCKET = "videos";

  private static S3Server mock;
  private static S3Server proxy;

  private final String prefix = UUID.randomUUID().toString();

  /** Who judges. */
  enum Judge {
    MOCK,
    PROXY;

    S3Server server() {
      return this == MOCK ? mock : proxy;
    }
  }

  @BeforeAll
  static void startServers(@TempDir Path folder) throws IOException {
    mock = S3Server.mock(BUCKET);
    proxy = S3Server.proxy(folder);
    try (S3Client outside = Access.client(proxy)) {
      outside.createBucket(create -> create.bucket(BUCKET));
    }
  }

  @AfterAll
  static void stopServers() {
    if (mock != null) {
      mock.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  private S3Store store(Judge judge) throws IOException {
    return S3Store.connect(Access.to(judge.server(), BUCKET).prefix(prefix).build());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void isPreconditionFailed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
  }

  private static void refusesAccess(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreAccessException.class)
        .hasMessageContainingAll(words)
        .message()
        .hasLineCount(1)
        .doesNotContain(S3Server.secret());
  }

  /** What the whole store rests on, asked of the judges by somebody else's client. */
  @ParameterizedTest
  @EnumSource
  void conditions_secondPutAndStaleReplacement_arePreconditionFailed(Judge judge) {
    String key = prefix + "/x";
    try (S3Client outside = Access.client(judge.server())) {
      String first =
          outside
              .putObject(
                  put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString("1"))
              .eTag();
      isPreconditionFailed(
          () ->
              outside.putObject(
                  put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"),
                  RequestBody.fromString("2")));
      outside.putObject(
          put -> put.bucket(BUCKET).key(key).ifMatch(first), RequestBody.fromString("3"));
      isPreconditionFailed(
          () ->
              outside.putObject(
                  put -> put.bucket(BUCKET).key(key).ifMatch(first), RequestBody.fromString("4")));
      assertThat(outside.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String())
          .isEqualTo("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void connect_missingBucket_saysToCreateIt(Judge judge) {
    S3Options options = Access.to(judge.server(), "no-such-bucket").build();

    refusesAccess(
        () -> S3Store.connect(options), "bucket 'no-such-bucket' does not exist", "create it");
  }

  @Test
  void connect_wrongKey_saysWhatToCheck() {
    refusesAccess(
        () ->
            S3Store.connect(
                Access.to(proxy, BUCKET)
                    .credentials(Access.credentials("somebody", S3Server.secret()))
                    .build()),
        "refused (403 InvalidAccessKeyId)",
        "check AWS_ACCESS_KEY_ID");
    refusesAccess(
        () ->
            S3Store.connect(
                Access.to(proxy, BUCKET)
                    .credentials(Access.credentials(S3Server.keyId(), "wrong"))
                    .build()),
        "refused (403 SignatureDoesNotMatch)",
        "AWS_SECRET_ACCESS_KEY");
  }

  @ParameterizedTest
  @EnumSource
  void put_contentChangedOnTheWay_isNotStored(Judge judge) throws IOException {
    ByteSource wavering =
        new ByteSource() {
          private int reads;

          @Override
          public long size() {
            return 4;
          }

          @Override
          public int read(long position, ByteBuffer target) {
            target.put(reads++ == 0 ? bytes("good") : bytes("evil"));
            return 4;
          }
        };
    try (S3Store store = store(judge);
        AssetWriter writer = store.lock("door", "door", "test")) {
      assertThatThrownBy(() -> writer.put("a", wavering))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the service answers 400");
      assertThat(store.size("door/a")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void put_aWholeSegment_isReadInRanges(Judge judge) throws IOException {
    byte[] media = new byte[9_000_000];
    for (int i = 0; i < media.length; i++) {
      media[i] = (byte) (i % 251);
    }
    try (S3Store store = store(judge);
        AssetWriter writer = store.lock("door", "door", "test")) {
      assertThat(writer.put("a.mp4", ByteSource.of(ByteBuffer.wrap(media)))).isTrue();
      assertThat(writer.put("a.mp4", ByteSource.of(ByteBuffer.wrap(media)))).isFalse();
      try (var file = store.open("door/a.mp4")) {
        ByteBuffer some = ByteBuffer.allocate(4 << 20);
        file.readFully(3_000_001, some);
        assertThat(some.flip()).isEqualTo(ByteBuffer.wrap(media, 3_000_001, 4 << 20));
      }
      assertThat(store.read("door/a.mp4", media.length).content()).isEqualTo(media);
    }
  }

  @Test
  void list_foldersAndObjectsByOthers_areSorted() throws IOException {
    try (S3Client outside = Access.client(mock)) {
      for (String name : List.of("b/x", "a", "c", "b/y", "aa/z", "", "ü %+")) {
        outside.putObject(
            put -> put.bucket(BUCKET).key(prefix + "/door/" + name), RequestBody.fromString("x"));
      }
    }
    try (S3Store store = store(Judge.MOCK)) {
      assertThat(store.list("door"))
          .extracting(AssetStore.Entry::name)
          .containsExactly("a", "aa", "b", "c", "ü %+");
    }
  }

  @Test
  void list_moreThanAPage_isWhole() throws IOException {
    Answer first =
        Answer.listing(
            "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                + "<Contents><Key>door/b</Key><Size>7</Size></Contents>");
    Answer second =
        Answer.listing(
            "<IsTruncated>false</IsTruncated>"
                + "<CommonPrefixes><Prefix>door/a/</Prefix></CommonPrefixes>");
    try (Answers service = new Answers(Answer.listing(""), first, second);
        S3Store store =
            S3Store.connect(
                S3Options.builder(BUCKET)
                    .endpoint(service.endpoint())
                    .credentials(Access.credentials())
                    .build())) {
      assertThat(store.list("door"))
          .containsExactly(new AssetStore.Entry("a", true, 0), new AssetStore.Entry("b", false, 7));
      assertThat(service.requests()).hasSize(3);
    }
  }

  @Test
  void read_oneRange_isOneRequest() throws Exception {
    try (S3Store store = store(Judge.MOCK);
        AssetWriter writer = store.lock("door", "door", "test")) {
      writer.put("a", ByteSource.of(bytes("0123456789")));
      try (var file = store.open("door/a")) {
        file.readFully(2, ByteBuffer.allocate(5));
      }
      store.size("door/last");
    }
    assertThat(mock.requestsUntil(".*" + prefix + "/door/last .*", 1))
        .filteredOn(line -> line.contains(prefix + "/door/a "))
        .extracting(line -> line.split(" ", -1)[2])
        .containsExactly("PUT", "GET");
  }

  @Test
  void close_twice_isHarmless() throws IOException {
    S3Store store = store(Judge.MOCK);
    store.close();

    assertThatCode(store::close).doesNotThrowAnyException();
  }
}
