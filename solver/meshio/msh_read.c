#include "msh_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The whole file with a zero byte behind it; NULL with a problem. */
static char *read_file(const char *path, size_t *size, BpProblems *problems) {
  struct stat status;
  FILE *in = fopen(path, "rb");
  const int is_file = in && fstat(fileno(in), &status) == 0 && S_ISREG(status.st_mode);
  if (!is_file) {
    bp_problem(problems, BP_EXIT_IO, path, 0, "%s; give a mesh that can be read",
               in ? "is not a file" : strerror(errno));
    if (in)
      fclose(in);
    return NULL;
  }
  *size = (size_t)status.st_size;
  char *text = bp_alloc(*size + 1, 1);
  const size_t n = fread(text, 1, *size, in);
  if (n < *size || ferror(in)) {
    bp_problem(problems, BP_EXIT_IO, path, 0, "cannot be read to its end: %s", strerror(errno));
    free(text);
    text = NULL;
  }
  fclose(in);
  return text;
}

static int read_version(BpMshText *text) {
  char word[16];
  bp_msh_expect(text, "$MeshFormat");
  bp_msh_word(text, word, sizeof word);
  const int version = strcmp(word, "4.1") == 0 ? 41 : strcmp(word, "2.2") == 0 ? 22 : 0;
  if (!version)
    bp_msh_fail(text, "this MSH version cannot be read; save it as 4.1 or 2.2 "
                      "(Mesh.MshFileVersion)");
  if (bp_msh_integer(text, 0, 1, "the file type") == 1)
    bp_msh_fail(text, "the file is binary; save it as text (Mesh.Binary 0)");
  bp_msh_integer(text, 1, 64, "the size of a number");
  bp_msh_expect(text, "$EndMeshFormat");
  return version;
}

typedef void (*ReadSection)(BpMshText *text, BpMshRaw *raw);

static const struct {
  const char *name;
  int version; /* 0: both */
  ReadSection read;
} sections[] = {
    {"$PhysicalNames", 0, bp_msh_names},   {"$Entities", 41, bp_msh_entities},
    {"$Nodes", 41, bp_msh_nodes_41},       {"$Nodes", 22, bp_msh_nodes_22},
    {"$Elements", 41, bp_msh_elements_41}, {"$Elements", 22, bp_msh_elements_22},
    {"$NodeData", 0, bp_msh_node_data},
};

static ReadSection find_section(const char *name, int version) {
  for (int i = 0; i < BP_COUNT(sections); i++)
    if (strcmp(sections[i].name, name) == 0 &&
        (sections[i].version == 0 || sections[i].version == version))
      return sections[i].read;
  return NULL;
}

static void read_sections(BpMshText *text, int version, BpMshRaw *raw) {
  char word[64], end[80];
  while (bp_msh_word(text, word, sizeof word)) {
    const ReadSection read = find_section(word, version);
    if (word[0] != '$')
      bp_msh_fail(text, "a section must begin here, with a word such as $Nodes");
    else if (strcmp(word, "$PartitionedEntities") == 0)
      bp_msh_fail(text, "the mesh is partitioned; save it in one part");
    else if (read) {
      read(text, raw);
      snprintf(end, sizeof end, "$End%s", word + 1);
      bp_msh_expect(text, end);
    } else
      bp_msh_skip_section(text);
  }
}

static void free_raw(BpMshRaw *raw) {
  for (int i = 0; i < raw->nentities; i++)
    free(raw->entity[i].physical);
  free(raw->entity);
  free(raw->group);
  free(raw->node);
  free(raw->mark);
  for (int i = 0; i < raw->nvalues; i++)
    free(raw->values[i].value);
  free(raw->values);
  free(raw->cells.cell);
  free(raw->faces.cell);
}

BpMesh *bp_msh_read(const char *path, BpProblems *problems) {
  size_t size;
  char *content = read_file(path, &size, problems);
  if (!content)
    return NULL;
  BpMshText text = {
      .file = path, .at = content, .end = content + size, .line = 1, .problems = problems};
  BpMshRaw raw = {.mesh = bp_mesh_new()};
  if (strlen(content) < size)
    bp_msh_fail(&text, "the file is not text; save the mesh as text (Mesh.Binary 0)");
  const int version = read_version(&text);
  read_sections(&text, version, &raw);
  bp_msh_build(&text, &raw);
  free_raw(&raw);
  free(content);
  if (!text.failed && bp_mesh_conforms(raw.mesh, path, problems) != BP_OK)
    text.failed = 1;
  if (!text.failed)
    return raw.mesh;
  bp_mesh_free(raw.mesh);
  return NULL;
}
