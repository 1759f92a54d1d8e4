package io.lva.asset.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import io.lva.asset.store.AssetStore;
import io.lva.asset.store.AssetWriter;
import io.lva.asset.store.StoreAccessException;
import io.lva.asset.store.Version;
import io.lva.fmp4.ByteSource;
import io.lva.testkit.Azurite;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureBlobStoreTest {
  private static Azurite azurite;

  private final String container = "store-" + UUID.randomUUID();
  private BlobContainerClient outside;

  @BeforeAll
  static void startEmulator() throws IOException {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stopEmulator() {
    if (azurite != null) {
      azurite.close();
    }
  }

  @BeforeEach
  void makeContainer() {
    outside =
        new BlobServiceClientBuilder()
            .connectionString(azurite.connectionString())
            .buildClient()
            .createBlobContainer(container);
  }

  private URI endpoint() {
    return URI.create(azurite.endpoint());
  }

  private AzureBlobStore store() throws IOException {
    return AzureBlobStore.connect(
        AzureBlobOptions.of(
            container, AzureCredentials.connectionString(azurite.connectionString())));
  }

  private String signature(String permissions, OffsetDateTime expiry) {
    return outside.generateSas(
        new BlobServiceSasSignatureValues(expiry, BlobContainerSasPermission.parse(permissions)));
  }

  private AzureBlobOptions signed(String permissions, OffsetDateTime expiry) {
    return AzureBlobOptions.of(
        container,
        AzureCredentials.sharedAccessSignature(endpoint(), signature(permissions, expiry)));
  }

  private static void refusesAccess(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreAccessException.class)
        .hasMessageContainingAll(words)
        .message()
        .hasLineCount(1)
        .doesNotContain("sig=", azurite.key());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Test
  void connect_missingContainer_saysToCreateIt() {
    AzureBlobOptions options =
        AzureBlobOptions.of(
            "no-such-container", AzureCredentials.connectionString(azurite.connectionString()));

    refusesAccess(
        () -> AzureBlobStore.connect(options),
        "container 'no-such-container' does not exist",
        "create it");
  }

  @Test
  void connect_wrongKey_saysWhatToCheck() {
    String wrong = Base64.getEncoder().encodeToString(new byte[64]);
    AzureBlobOptions options =
        AzureBlobOptions.of(
            container, AzureCredentials.accountKey(endpoint(), azurite.account(), wrong));

    refusesAccess(() -> AzureBlobStore.connect(options), "refused", "check key", "clock");
  }

  @Test
  void connect_expiredSignature_saysWhatToCheck() {
    AzureBlobOptions options = signed("rlwacd", OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1));

    refusesAccess(() -> AzureBlobStore.connect(options), "expiry of the signature");
  }

  @Test
  void put_signatureMayOnlyRead_saysWhatToGrant() throws IOException {
    try (AzureBlobStore store =
        AzureBlobStore.connect(signed("rl", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)))) {
      refusesAccess(
          () -> store.lock("door", "door", "test"), "lack the permission", "grant read, add");
    }
  }

  @Test
  void delete_signatureMayNotDelete_saysSoAndKeepsTheFile() throws IOException {
    try (AzureBlobStore store =
            AzureBlobStore.connect(
                signed("rlwac", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        AssetWriter writer = store.lock("door", "door", "test")) {
      writer.put("a", ByteSource.of(bytes("a")));

      refusesAccess(() -> writer.delete("a"), "cannot delete 'door/a'", "lack the permission");
      assertThat(store.size("door/a")).contains(1L);
    }
  }

  @Test
  void everything_accountKeyOrSignature_works() throws IOException {
    List<AzureBlobOptions> all =
        List.of(
            AzureBlobOptions.of(
                container,
                AzureCredentials.accountKey(endpoint(), azurite.account(), azurite.key())),
            signed("rlwacd", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    for (AzureBlobOptions options : all) {
      try (AzureBlobStore store = AzureBlobStore.connect(options);
          AssetWriter writer = store.lock("door", "door", "test")) {
        assertThat(writer.put("a", ByteSource.of(bytes("a")))).isTrue();
        assertThat(writer.append("i", bytes("row"), 0)).isTrue();
        writer.delete("a");
        writer.delete("i");
        assertThat(store.uri().toString()).doesNotContain("sig");
      }
    }
  }

  /** A recorder that starts while the service is away needs the store to be open. */
  @Test
  void connect_nobodyListens_opensAndEachCallSaysSo() throws IOException {
    int port = Azurite.freePort();
    try (AzureBlobStore store = AzureBlobStore.connect(away(port).build())) {
      assertThatThrownBy(() -> store.lock("door", "door", "test"))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StoreAccessException.class)
          .hasMessage(
              "cannot read container '"
                  + container
                  + "': the service cannot be reached; check the address and the network");

      try (Azurite late = Azurite.start(port)) {
        assertThat(late.pid()).isPositive();
        refusesAccess(() -> store.lock("door", "door", "test"), "does not exist", "create it");
      }
    }
  }

  @Test
  void connect_nobodyListensYet_containerIsMadeWhenItIsWrittenFirst() throws IOException {
    int port = Azurite.freePort();
    try (AzureBlobStore store = AzureBlobStore.connect(away(port).createContainer(true).build());
        Azurite late = Azurite.start(port)) {
      assertThat(late.pid()).isPositive();
      try (AssetWriter writer = store.lock("door", "door", "test")) {
        assertThat(writer.put("a", ByteSource.of(bytes("a")))).isTrue();
      }
    }
  }

  private AzureBlobOptions.Builder away(int port) {
    return AzureBlobOptions.builder(
            container,
            AzureCredentials.accountKey(
                URI.create("http://127.0.0.1:" + port + '/' + azurite.account()),
                azurite.account(),
                azurite.key()))
        .requestTimeout(Duration.ofSeconds(1));
  }

  @Test
  void put_contentChangedOnTheWay_isNotStored() throws IOException {
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
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      assertThatThrownBy(() -> writer.put("a", wavering))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("answers 400"); // Md5Mismatch; Azurite says InvalidOperation
      assertThat(store.size("door/a")).isEmpty();
    }
  }

  @Test
  void replace_overTheRowsOfADay_works() throws IOException {
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      writer.append("index/20260101.jsonl", bytes("one\n"), 0);
      Version version = store.read("door/index/20260101.jsonl", 100).version();

      assertThat(writer.replace("index/20260101.jsonl", bytes("repaired\n"), version)).isPresent();
      assertThat(store.read("door/index/20260101.jsonl", 100).content())
          .isEqualTo("repaired\n".getBytes(UTF_8));
      assertThat(writer.append("index/20260101.jsonl", bytes("two\n"), 0)).isFalse();
      assertThat(writer.append("index/20260101.jsonl", bytes("two\n"), 4)).isFalse();
      assertThat(writer.append("index/20260101.jsonl", bytes("two\n"), 9)).isTrue();
      assertThat(store.read("door/index/20260101.jsonl", 100).content())
          .isEqualTo("repaired\ntwo\n".getBytes(UTF_8));
    }
  }

  @Test
  void list_foldersAndBlobsByOthers_areSorted() throws IOException {
    for (String name : List.of("b/x", "a", "c", "b/y", "aa/z")) {
      outside.getBlobClient("door/" + name).upload(BinaryData.fromString("x"));
    }
    try (AzureBlobStore store = store()) {
      assertThat(store.list("door"))
          .extracting(AssetStore.Entry::name)
          .containsExactly("a", "aa", "b", "c");
    }
  }

  @Test
  void read_oneRange_isOneRequest() throws Exception {
    try (AzureBlobStore store = store();
        AssetWriter writer = store.lock("door", "door", "test")) {
      writer.put("a", ByteSource.of(bytes("0123456789")));
      try (var file = store.open("door/a")) {
        file.readFully(2, ByteBuffer.allocate(5));
      }
      store.size("door/last");
    }
    assertThat(azurite.requestsUpTo(container + "/door%2Flast "))
        .filteredOn(line -> line.contains("\"GET ") && line.contains(container + "/door%2Fa "))
        .hasSize(1);
  }

  @Test
  void close_twice_isHarmless() throws IOException {
    AzureBlobStore store = store();
    store.close();

    assertThatCode(store::close).doesNotThrowAnyException();
  }

  @Test
  void credentials_toString_showsTheKindAlone() {
    assertThat(
            List.of(
                AzureCredentials.connectionString(azurite.connectionString()).toString(),
                AzureCredentials.accountKey(endpoint(), "a", azurite.key()).toString()))
        .noneMatch(text -> text.contains(azurite.key()));
  }
}
