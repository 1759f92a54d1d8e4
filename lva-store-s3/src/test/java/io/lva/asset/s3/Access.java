package io.lva.asset.s3;

import io.lva.testkit.S3Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** How the tests come to a server of their own. */
final class Access {
  private Access() {}

  static AwsCredentialsProvider credentials(String keyId, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret));
  }

  static AwsCredentialsProvider credentials() {
    return credentials(S3Server.keyId(), S3Server.secret());
  }

  static S3Options.Builder to(S3Server server, String bucket) {
    return S3Options.builder(bucket).endpoint(server.endpoint()).credentials(credentials());
  }

  /** Returns a client that knows nothing of the store. */
  static S3Client client(S3Server server) {
    return S3Client.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials())
        .build();
  }
}
