/*
 * What no recorder can do with less: recv and write, and nothing else.
 *
 *   floor PORT CAMERAS FOLDER
 *
 * Plays the cameras of the farm and writes what comes, as it comes, to FOLDER/c-1/stream.raw and so on, 256 KiB a call:
 * half a second of a camera. Ends with SIGINT.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define WRITE_BYTES (256 << 10)
#define EVENTS 512

struct camera {
  int socket;
  int file;
  size_t filled;
  char buffer[2 * WRITE_BYTES];
};

static volatile sig_atomic_t stopped;

static void stop(int number) {
  (void)number;
  stopped = 1;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void ask(struct camera *camera, const char *method, int number) {
  char text[128];
  int length = snprintf(text, sizeof text, "%s * RTSP/1.0\r\nCSeq: %d\r\n\r\n", method, number);
  if (write(camera->socket, text, length) != length) fail("write");
}

static struct camera *play(int port, const char *folder, int number) {
  struct camera *camera = calloc(1, sizeof *camera);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  char path[4096];
  snprintf(path, sizeof path, "%s/c-%d/stream.raw", folder, number);
  camera->file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
  camera->socket = socket(AF_INET, SOCK_STREAM, 0);
  if (camera->file < 0 || connect(camera->socket, (void *)&address, sizeof address)) fail(path);
  ask(camera, "DESCRIBE", 1);
  if (read(camera->socket, camera->buffer, WRITE_BYTES) <= 0) fail("read");
  ask(camera, "SETUP", 2);
  if (read(camera->socket, camera->buffer, WRITE_BYTES) <= 0) fail("read");
  ask(camera, "PLAY", 3);
  return camera;
}

static void flush(struct camera *camera) {
  if (write(camera->file, camera->buffer, camera->filled) != (ssize_t)camera->filled) fail("write");
  camera->filled = 0;
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  int cameras = atoi(arguments[2]);
  int poll = epoll_create1(0);
  struct camera **all = calloc(cameras, sizeof *all);
  signal(SIGINT, stop);
  for (int i = 0; i < cameras; i++) {
    all[i] = play(atoi(arguments[1]), arguments[3], i + 1);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = all[i]};
    epoll_ctl(poll, EPOLL_CTL_ADD, all[i]->socket, &event);
  }
  struct epoll_event events[EVENTS];
  while (!stopped) {
    int ready = epoll_wait(poll, events, EVENTS, 100);
    for (int i = 0; i < ready; i++) {
      struct camera *camera = events[i].data.ptr;
      ssize_t got = recv(camera->socket, camera->buffer + camera->filled, WRITE_BYTES, 0);
      if (got <= 0) fail("recv");
      camera->filled += got;
      if (camera->filled >= WRITE_BYTES) flush(camera);
    }
  }
  for (int i = 0; i < cameras; i++) flush(all[i]);
  return 0;
}
