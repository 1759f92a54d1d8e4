/** Keeps assets in Azure Blob Storage. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // reactor-core has no module descriptor
module io.lva.store.azure {
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive io.lva.sink.asset;
  requires transitive com.azure.core;
  requires com.azure.core.http.jdk.httpclient;
  requires com.azure.storage.blob;
  requires com.azure.storage.common;
  requires java.net.http;

  exports io.lva.asset.azure;

  provides io.lva.asset.store.AssetStoreProvider with
      io.lva.asset.azure.AzureBlobStoreProvider;
}
