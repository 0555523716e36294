/* Keeps every plugin loaded in sanitizer builds, so that the leak checker can name and suppress
 * their frames. */
int dlclose(void *handle);
int dlclose(void *handle) {
  (void)handle;
  return 0;
}
