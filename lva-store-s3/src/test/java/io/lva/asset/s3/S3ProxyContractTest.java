package io.lva.asset.s3;

import io.lva.asset.store.AssetStore;
import io.lva.testkit.S3Server;
import io.lva.testkit.store.AssetStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The contract of stores, judged by S3Proxy, which checks signatures too. */
class S3ProxyContractTest extends AssetStoreContract {
  private static final String BUCKET = "contract";

  private static final ReadWriteLock LOCK = new ReentrantReadWriteLock();

  private static S3Server server;

  private final String prefix = "site/" + UUID.randomUUID();

  @BeforeAll
  static void startServer(@TempDir Path folder) throws IOException {
    server = S3Server.proxy(folder);
    try (S3Client outside = Access.client(server)) {
      outside.createBucket(create -> create.bucket(BUCKET));
    }
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected AssetStore open() throws IOException {
    return S3Store.connect(
        Access.to(server, BUCKET).prefix(prefix).build(), timeout -> new OneAtATime(LOCK));
  }
}
