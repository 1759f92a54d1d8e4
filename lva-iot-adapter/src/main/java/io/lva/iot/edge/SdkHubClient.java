package io.lva.iot.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.ConnectionStatusChangeContext;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.MessageProperty;
import com.microsoft.azure.sdk.iot.device.MessageType;
import com.microsoft.azure.sdk.iot.device.ModuleClient;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubTransportMessage;
import com.microsoft.azure.sdk.iot.device.twin.DeviceOperations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client built on Microsoft's SDK, over MQTT. Apart from {@link WorkloadChannel}, no other class
 * knows the SDK.
 *
 * <p>Methods and twins go through the SDK's transport messages, not through its callbacks.
 * Callbacks block its only receiving thread until a method has answered, leave malformed payloads
 * and failures unanswered, drop {@code null} members of answers, and may lose answers to twin
 * requests.
 *
 * <p>Thread-safe.
 */
final class SdkHubClient implements HubClient {
  /**
   * How long the SDK may hold a message; after that, sending fails, and the sender may try again.
   */
  static final Duration EXPIRY = Duration.ofSeconds(60);

  private static final ClientOptions OPTIONS =
      ClientOptions.builder()
          .keepAliveInterval(30)
          .sendInterval(1)
          .receiveInterval(1)
          .messagesSentPerSendInterval(32)
          .logRoutineDisconnectsAsErrors(false)
          .build();

  private final ModuleClient client;
  private final Listener listener;
  private final Duration expiry;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final Map<String, CompletableFuture<String>> twinRequests = new ConcurrentHashMap<>();

  /**
   * Creates a client that is not open yet.
   *
   * @param expiry how long the SDK may hold a message that the hub does not acknowledge
   */
  SdkHubClient(ModuleClient client, Listener listener, Duration expiry) {
    this.client = client;
    this.listener = listener;
    this.expiry = expiry;
    client.setConnectionStatusChangeCallback(this::statusChanged, null);
    client.setMessageCallback(this::input, null);
    client.getConfig().setDirectMethodsMessageCallback(this::method, null);
    client.getConfig().setDeviceTwinMessageCallback(this::twinMessage, null);
  }

  /** Creates the client that the environment of this process describes. */
  static HubClient fromEnvironment(Listener listener) throws IOException {
    try {
      ModuleClient client =
          ModuleClient.createFromEnvironment(
              new WorkloadChannel(), IotHubClientProtocol.MQTT, OPTIONS);
      return new SdkHubClient(client, listener, EXPIRY);
    } catch (IotHubClientException | IllegalArgumentException | IllegalStateException e) {
      throw new IOException("the module cannot identify itself: " + reason(e), e);
    }
  }

  static ClientOptions options() {
    return OPTIONS;
  }

  @Override
  public void open() throws IOException {
    try {
      client.open(/* withRetry= */ false);
      opened.complete(null);
    } catch (IotHubClientException | IllegalStateException e) {
      throw new IOException(reason(e), e);
    }
  }

  @Override
  public CompletableFuture<Void> watchTwin() {
    IotHubTransportMessage desired =
        request(
            MessageType.DEVICE_TWIN,
            DeviceOperations.DEVICE_OPERATION_TWIN_SUBSCRIBE_DESIRED_PROPERTIES_REQUEST,
            "");
    desired.setRequestId(UUID.randomUUID().toString());
    return sent(desired);
  }

  @Override
  public CompletableFuture<Void> acceptMethods() {
    return sent(
        request(
            MessageType.DEVICE_METHODS,
            DeviceOperations.DEVICE_OPERATION_METHOD_SUBSCRIBE_REQUEST,
            ""));
  }

  @Override
  public CompletableFuture<String> twin() {
    return twinRequest(DeviceOperations.DEVICE_OPERATION_TWIN_GET_REQUEST, "");
  }

  @Override
  public CompletableFuture<Void> report(String patch) {
    return twinRequest(
            DeviceOperations.DEVICE_OPERATION_TWIN_UPDATE_REPORTED_PROPERTIES_REQUEST, patch)
        .thenAccept(version -> {});
  }

  @Override
  public CompletableFuture<Void> send(OutgoingMessage message) {
    Message event = new Message(message.body().getBytes(UTF_8));
    event.setMessageId(message.id());
    event.setContentType("application/json");
    event.setContentEncoding("utf-8");
    event.setCreationTimeUTC(Date.from(Instant.now()));
    message.properties().forEach(event::setProperty);
    event.setOutputName(message.output());
    return sent(event);
  }

  @Override
  public void answer(String request, int status, String payload) {
    IotHubTransportMessage answer =
        request(
            MessageType.DEVICE_METHODS,
            DeviceOperations.DEVICE_OPERATION_METHOD_SEND_RESPONSE,
            payload);
    answer.setRequestId(request);
    answer.setStatus(Integer.toString(status));
    // The hub calls as soon as it knows the session, and the SDK sends only once it is open. An
    // answer that cannot be sent is not missed for long: the caller has a time-out of its own.
    var unused = opened.thenCompose(open -> sent(answer));
  }

  @Override
  public void close() {
    client.close();
    IOException closed = new IOException("the connection was closed");
    twinRequests.values().forEach(waiting -> waiting.completeExceptionally(closed));
    twinRequests.clear();
  }

  private CompletableFuture<String> twinRequest(DeviceOperations operation, String body) {
    String id = UUID.randomUUID().toString();
    IotHubTransportMessage message = request(MessageType.DEVICE_TWIN, operation, body);
    message.setRequestId(id);
    CompletableFuture<String> answer = new CompletableFuture<>();
    twinRequests.put(id, answer);
    var unused =
        sent(message)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer
        .orTimeout(expiry.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((done, failure) -> twinRequests.remove(id));
  }

  private IotHubTransportMessage request(
      MessageType type, DeviceOperations operation, String body) {
    IotHubTransportMessage message = new IotHubTransportMessage(body.getBytes(UTF_8), type);
    message.setDeviceOperationType(operation);
    message.setConnectionDeviceId(client.getConfig().getDeviceId());
    return message;
  }

  private CompletableFuture<Void> sent(Message message) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    message.setExpiryTime(expiry.toMillis());
    try {
      client.sendEventAsync(
          message,
          (same, failure, context) -> {
            if (failure == null) {
              sent.complete(null);
            } else {
              sent.completeExceptionally(new IOException(reason(failure), failure));
            }
          },
          null);
    } catch (IllegalStateException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private void statusChanged(ConnectionStatusChangeContext change) {
    switch (change.getNewStatus()) {
      case CONNECTED -> listener.connected();
      case DISCONNECTED_RETRYING -> listener.retrying(reason(change));
      case DISCONNECTED -> listener.disconnected(reason(change));
    }
  }

  private IotHubMessageResult method(Message message, @Nullable Object context) {
    if (message instanceof IotHubTransportMessage call && call.getRequestId() != null) {
      String name = String.valueOf(call.getMethodName());
      listener.method(call.getRequestId(), name, new String(call.getBytes(), UTF_8));
    }
    return IotHubMessageResult.COMPLETE;
  }

  private IotHubMessageResult twinMessage(Message message, @Nullable Object context) {
    if (message instanceof IotHubTransportMessage twin) {
      String body = new String(twin.getBytes(), UTF_8);
      String id = twin.getRequestId();
      CompletableFuture<String> waiting = id == null ? null : twinRequests.get(id);
      if (waiting == null) {
        if (isPatch(twin)) {
          listener.desired(body);
        }
      } else if (String.valueOf(twin.getStatus()).startsWith("2")) {
        waiting.complete(body);
      } else {
        waiting.completeExceptionally(new IOException("the hub answers " + twin.getStatus()));
      }
    }
    return IotHubMessageResult.COMPLETE;
  }

  private static boolean isPatch(IotHubTransportMessage message) {
    return message.getDeviceOperationType()
        == DeviceOperations.DEVICE_OPERATION_TWIN_SUBSCRIBE_DESIRED_PROPERTIES_RESPONSE;
  }

  private IotHubMessageResult input(Message message, @Nullable Object context) {
    Map<String, String> properties = new HashMap<>();
    for (MessageProperty property : message.getProperties()) {
      properties.put(property.getName(), property.getValue());
    }
    String input = String.valueOf(message.getInputName());
    String id = message.getMessageId() == null ? "" : message.getMessageId();
    listener.input(input, id, properties, new String(message.getBytes(), UTF_8));
    return IotHubMessageResult.COMPLETE;
  }

  private static String reason(ConnectionStatusChangeContext change) {
    Throwable cause = change.getCause();
    String what = change.getNewStatusReason().toString();
    return cause == null ? what : what + ": " + reason(cause);
  }

  /** Returns the message of the innermost cause that has one, because it says the most. */
  private static String reason(Throwable failure) {
    String reason = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        reason = cause.getMessage();
      }
    }
    return reason;
  }
}
