// Makes or shows a passkey: asks the server what is wanted, lets the browser do it, and sends the answer back. Sections
// with data-passkey stay hidden where the browser cannot.
;(() => {
  const { PublicKeyCredential } = window
  if (!PublicKeyCredential?.parseCreationOptionsFromJSON) return

  const post = async (url, body) => {
    const answer = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const content = await answer.json().catch(() => ({}))
    if (!answer.ok) throw new Error(content.title)
    return content
  }

  const ways = {
    async make({ dataset }, name) {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post(dataset.options, {}))
      const made = await navigator.credentials.create({ publicKey })
      return post(dataset.answer, { name, response: made.toJSON() })
    },
    async show({ dataset }) {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post(dataset.options, {}))
      const shown = await navigator.credentials.get({ publicKey })
      return post(dataset.answer, { next: dataset.next, response: shown.toJSON() })
    },
  }

  for (const section of document.querySelectorAll('[data-passkey]')) {
    section.hidden = false
    const button = section.querySelector('button')
    const status = section.querySelector('[role=status]')
    button.addEventListener('click', async () => {
      button.disabled = true
      status.textContent = ''
      try {
        const { next } = await ways[section.dataset.passkey](
          section,
          section.querySelector('input')?.value ?? '',
        )
        location.assign(next)
      } catch (error) {
        const cancelled = error.name === 'NotAllowedError' || error.name === 'AbortError'
        status.textContent = cancelled ? section.dataset.cancelled : error.message || section.dataset.failed
        button.disabled = false
      }
    })
  }
})()
