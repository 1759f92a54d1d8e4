/*
 * An RTSP server that is not ours: GStreamer's, on 127.0.0.1.
 *
 *   gst-rtsp-server PORT [--digest USER PASSWORD | --basic USER PASSWORD] [--tls CERTIFICATE-AND-KEY]
 *       [--address ADDRESS] [--group ADDRESS] [--protocols tcp|udp|multicast] /MOUNT=LAUNCH...
 *
 * Prints "ready" when it listens; ends with its standard input.
 */
#include <gst/rtsp-server/rtsp-server.h>
#include <string.h>

static gboolean input_closed(GIOChannel *channel, GIOCondition condition, gpointer loop) {
  g_main_loop_quit(loop);
  return FALSE;
}

int main(int argc, char *argv[]) {
  gst_init(&argc, &argv);
  if (argc < 3) {
    g_printerr("usage: %s PORT [--digest|--basic USER PASSWORD] /MOUNT=LAUNCH...\n", argv[0]);
    return 2;
  }
  GMainLoop *loop = g_main_loop_new(NULL, FALSE);
  GstRTSPServer *server = gst_rtsp_server_new();
  gst_rtsp_server_set_address(server, "127.0.0.1");
  gst_rtsp_server_set_service(server, argv[1]);
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points(server);
  gboolean protect = FALSE;
  GstRTSPAddressPool *pool = NULL;
  GstRTSPLowerTrans protocols =
      GST_RTSP_LOWER_TRANS_TCP | GST_RTSP_LOWER_TRANS_UDP | GST_RTSP_LOWER_TRANS_UDP_MCAST;
  for (int i = 2; i < argc; i++) {
    if (!strcmp(argv[i], "--digest") || !strcmp(argv[i], "--basic")) {
      GstRTSPAuth *auth = gst_rtsp_auth_new();
      GstRTSPToken *token =
          gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "user", NULL);
      if (!strcmp(argv[i], "--digest")) {
        gst_rtsp_auth_set_supported_methods(auth, GST_RTSP_AUTH_DIGEST);
        gst_rtsp_auth_add_digest(auth, argv[i + 1], argv[i + 2], token);
      } else {
        gchar *basic = gst_rtsp_auth_make_basic(argv[i + 1], argv[i + 2]);
        gst_rtsp_auth_add_basic(auth, basic, token);
        g_free(basic);
      }
      gst_rtsp_server_set_auth(server, auth);
      protect = TRUE;
      i += 2;
      continue;
    }
    if (!strcmp(argv[i], "--tls")) {
      GError *error = NULL;
      GTlsCertificate *certificate = g_tls_certificate_new_from_file(argv[i + 1], &error);
      if (certificate == NULL) {
        g_printerr("%s\n", error->message);
        return 2;
      }
      GstRTSPAuth *auth = gst_rtsp_auth_new();
      gst_rtsp_auth_set_tls_certificate(auth, certificate);
      GstRTSPToken *anybody =
          gst_rtsp_token_new(GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "user", NULL);
      gst_rtsp_auth_set_default_token(auth, anybody);
      gst_rtsp_server_set_auth(server, auth);
      protect = TRUE;
      i += 1;
      continue;
    }
    if (!strcmp(argv[i], "--address")) {
      gst_rtsp_server_set_address(server, argv[i + 1]);
      i += 1;
      continue;
    }
    if (!strcmp(argv[i], "--group")) {
      pool = gst_rtsp_address_pool_new();
      gst_rtsp_address_pool_add_range(pool, argv[i + 1], argv[i + 1], 5000, 5010, 1);
      i += 1;
      continue;
    }
    if (!strcmp(argv[i], "--protocols")) {
      protocols = !strcmp(argv[i + 1], "tcp")   ? GST_RTSP_LOWER_TRANS_TCP
                  : !strcmp(argv[i + 1], "udp") ? GST_RTSP_LOWER_TRANS_UDP
                                                : GST_RTSP_LOWER_TRANS_UDP_MCAST;
      i += 1;
      continue;
    }
    gchar *equals = strchr(argv[i], '=');
    if (equals == NULL) {
      g_printerr("not /MOUNT=LAUNCH: %s\n", argv[i]);
      return 2;
    }
    GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new();
    gst_rtsp_media_factory_set_launch(factory, equals + 1);
    gst_rtsp_media_factory_set_protocols(factory, protocols);
    if (pool != NULL) {
      gst_rtsp_media_factory_set_address_pool(factory, pool);
    }
    if (protect) {
      gst_rtsp_media_factory_add_role(factory, "user", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS,
                                      G_TYPE_BOOLEAN, TRUE, GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT,
                                      G_TYPE_BOOLEAN, TRUE, NULL);
    }
    *equals = '\0';
    gst_rtsp_mount_points_add_factory(mounts, argv[i], factory);
  }
  g_object_unref(mounts);
  if (gst_rtsp_server_attach(server, NULL) == 0) {
    g_printerr("cannot listen on port %s\n", argv[1]);
    return 1;
  }
  g_io_add_watch(g_io_channel_unix_new(0), G_IO_HUP, input_closed, loop);
  g_print("ready\n");
  g_main_loop_run(loop);
  return 0;
}
