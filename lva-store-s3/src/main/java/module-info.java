/** Keeps assets in Amazon S3, or on a server that speaks its protocol. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the digit at the end of its name is that of the service
module io.lva.store.s3 {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive io.lva.sink.asset;
  requires java.xml; // it and slf4j for the modules below, which have no descriptors to say so
  requires org.slf4j;
  requires transitive software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.metrics;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.services.s3;

  exports io.lva.asset.s3;

  provides io.lva.asset.store.AssetStoreProvider with
      io.lva.asset.s3.S3StoreProvider;
}
