// Shows at once what stays of an announcement's picture in lists and on its page. Without it the words say it.
const choices = [...document.querySelectorAll('input[name="image_focus"]')];
const upload = document.querySelector('input[name="image"]');
const stored = upload?.closest(".form-row")?.querySelector('a[href]');

function frame(shape) {
  const image = document.createElement("img");
  image.className = `focus-frame ${shape}`;
  image.alt = "";
  return image;
}

if (choices.length && upload) {
  const frames = [frame("card"), frame("wide")];
  const box = document.createElement("div");
  box.className = "focus-preview";
  box.append(...frames);
  choices[0].closest(".form-row").append(box);

  const show = (source) => {
    box.hidden = !source;
    for (const image of frames) if (source) image.src = source;
  };
  const aim = () => {
    box.dataset.focus = choices.find((choice) => choice.checked)?.value ?? "center";
  };
  for (const choice of choices) choice.addEventListener("change", aim);
  upload.addEventListener("change", () => {
    const [file] = upload.files;
    if (!file) return show(stored?.href);
    const reader = new FileReader();
    reader.addEventListener("load", () => show(reader.result));
    reader.readAsDataURL(file);
  });
  aim();
  show(stored?.href);
}
