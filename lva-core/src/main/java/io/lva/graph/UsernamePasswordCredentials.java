package io.lva.graph;

import java.util.Optional;

/**
 * A user name and a password.
 *
 * <p>Immutable; the password is never printed.
 */
public final class UsernamePasswordCredentials extends Credentials {
  static final Property.Scalar<String> USERNAME = Property.required("username", ValueTypes.TEXT);
  static final Property.Scalar<Secret> PASSWORD =
      Property.optional("password", ValueTypes.SECRET).requiredSince2();
  static final ObjectType<UsernamePasswordCredentials> TYPE =
      ObjectType.named(
          "UsernamePasswordCredentials", UsernamePasswordCredentials::new, USERNAME, PASSWORD);

  private UsernamePasswordCredentials(Settings settings) {
    super(TYPE, settings);
  }

  /**
   * Creates credentials from values.
   *
   * @param username the user
   * @param password the password
   * @return the credentials
   */
  public static UsernamePasswordCredentials of(Value<String> username, Value<Secret> password) {
    return new UsernamePasswordCredentials(
        Settings.empty().with(USERNAME, username).with(PASSWORD, password));
  }

  /**
   * Creates credentials from strings that are taken literally.
   *
   * @param username the user
   * @param password the password
   * @return the credentials
   */
  public static UsernamePasswordCredentials of(String username, String password) {
    return of(Value.of(username), Value.of(Secret.of(password)));
  }

  /**
   * Creates credentials from parameters.
   *
   * @param username the parameter whose value is the user
   * @param password the parameter whose value is the password; preferably a {@link
   *     Parameter#secret}
   * @return the credentials
   */
  public static UsernamePasswordCredentials of(Parameter<String> username, Parameter<?> password) {
    return of(username.as(ValueTypes.TEXT), password.as(ValueTypes.SECRET));
  }

  /**
   * Returns the user name.
   *
   * @return the user name
   */
  public Value<String> username() {
    return require(USERNAME);
  }

  /**
   * Returns the password.
   *
   * @return the password; empty when a topology of version 1.0 leaves it out
   */
  public Optional<Value<Secret>> password() {
    return find(PASSWORD);
  }
}
