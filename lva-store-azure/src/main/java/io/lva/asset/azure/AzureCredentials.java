package io.lva.asset.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A storage account and the proof of the right to use it. Both are checked when a store connects.
 *
 * <p>Immutable; {@link #toString} shows only the kind.
 */
public final class AzureCredentials {
  private final String kind;
  private final Consumer<BlobServiceClientBuilder> application;

  private AzureCredentials(String kind, Consumer<BlobServiceClientBuilder> application) {
    this.kind = kind;
    this.application = application;
  }

  /**
   * Uses a connection string, which the portal shows under "Access keys" or "Shared access
   * signature". {@code UseDevelopmentStorage=true} means the emulator on this machine.
   *
   * @param connectionString {@code name=value} pairs with semicolons between them
   * @return the credentials
   */
  public static AzureCredentials connectionString(String connectionString) {
    return new AzureCredentials(
        "connection string", builder -> builder.connectionString(connectionString.strip()));
  }

  /**
   * Uses the address of an account with a shared access signature.
   *
   * @param endpoint such as {@code https://ACCOUNT.blob.core.windows.net}; for an emulator, the
   *     path names the account
   * @param signature the query that grants access, with or without {@code ?}
   * @return the credentials
   */
  public static AzureCredentials sharedAccessSignature(URI endpoint, String signature) {
    String query = signature.strip().replaceFirst("^\\?", "");
    return new AzureCredentials(
        "shared access signature",
        builder -> builder.endpoint(endpoint.toString()).sasToken(query));
  }

  /**
   * Uses the key of an account.
   *
   * @param endpoint such as {@code https://ACCOUNT.blob.core.windows.net}
   * @param account name of the account
   * @param key the key in Base64
   * @return the credentials
   */
  public static AzureCredentials accountKey(URI endpoint, String account, String key) {
    return new AzureCredentials(
        "account key",
        builder ->
            builder
                .endpoint(endpoint.toString())
                .credential(new StorageSharedKeyCredential(account, key.strip())));
  }

  /**
   * Uses a source of tokens, such as a managed identity, a service principal or a workload
   * identity.
   *
   * @param endpoint such as {@code https://ACCOUNT.blob.core.windows.net}; must be {@code https}
   * @param credential such as {@code new ManagedIdentityCredentialBuilder().build()} of {@code
   *     com.azure:azure-identity}
   * @return the credentials
   */
  public static AzureCredentials token(URI endpoint, TokenCredential credential) {
    return new AzureCredentials(
        "token", builder -> builder.endpoint(endpoint.toString()).credential(credential));
  }

  void applyTo(BlobServiceClientBuilder builder) {
    application.accept(builder);
  }

  @Override
  public String toString() {
    return kind;
  }
}
